"""Which pictures there are, which file each becomes, and what is written into the files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import ExifTags, Image

from tools.pictures import charts, crowds, diagrams, files, fleet, harbour, maps, objects, portraits, rows, town
from tools.pictures.sheet import Sheet

CONTENT = Path(__file__).parent.parent.parent / "content"

PICTURES: dict[str, Callable[[], Sheet]] = {
    "city/tram-line-2-route/line-2-map.png": maps.line_2,
    "harbour/how-the-barrier-works/barrier-cross-section.png": diagrams.cross_section,
    "harbour/how-the-barrier-works/barrier-map.png": maps.barrier_place,
    **{f"media/authors/{name}.png": partial(portraits.portrait, face) for name, face in portraits.FACES.items()},
    "media/arabic-shelf.png": rows.bookshelf,
    "media/ballots.png": objects.ballots,
    "media/barrier-costs.png": charts.barrier_costs,
    "media/barrier-gates.png": harbour.barrier_gates,
    "media/barrier-test.png": harbour.barrier_test,
    "media/barrier-vote.png": diagrams.barrier_vote,
    "media/budget-2027.png": charts.budget,
    "media/cordage-park.png": crowds.cordage_park,
    "media/drawings-of-1974.png": objects.drawer,
    "media/ferry-costs.png": charts.ferry_costs,
    "media/first-tram.png": town.first_tram,
    "media/fish-clock.png": crowds.fish_clock,
    "media/flooded-street.png": town.flooded_street,
    "media/fog-at-osey.png": fleet.fog_at_osey,
    "media/foghorns.png": fleet.foghorns,
    "media/gallery.png": crowds.gallery,
    "media/gate-tow.png": harbour.gate_tow,
    "media/gig-race.png": fleet.gig_race,
    "media/goose.png": town.goose,
    "media/herring.png": fleet.herring_shoal,
    "media/herring-quota.png": charts.herring_quota,
    "media/hospital-map.png": maps.hospitals,
    "media/hospital-plan.png": partial(maps.hospitals, counts=False),
    "media/hospital-vote.png": diagrams.hospital_vote,
    "media/lantern-in-the-rain.png": harbour.harbour_rain,
    "media/lantern-tides.png": town.lantern_tides,
    "media/lanterns.png": town.lanterns,
    "media/lift-calendar.png": rows.calendar,
    "media/line-2-first-year.png": charts.line_2_year,
    "media/lowgate-flood-map.png": maps.flood_map,
    "media/march.png": crowds.march,
    "media/marsh.png": town.marsh,
    "media/merrow-general.png": crowds.ward,
    "media/moot-2011.png": diagrams.moot_2011,
    "media/moot-2023.png": diagrams.moot_2023,
    "media/night-boat.png": harbour.night_boat,
    "media/oil-can.png": objects.oil_can,
    "media/osey-light.png": harbour.osey_light,
    "media/penalty.png": crowds.penalty,
    "media/pilot-ladder.png": fleet.pilot_ladder,
    "media/prescriptions.png": rows.bottles,
    "media/quay-blockade.png": fleet.quay_blockade,
    "media/quiet-months.png": fleet.quiet_months,
    "media/ragna-measured.png": charts.surge_measured,
    "media/ropery.png": objects.rope,
    "media/salt-ledger.png": objects.ledger,
    "media/seagrass.png": harbour.seagrass,
    "media/seagrass-counts.png": charts.seagrass_counts,
    "media/skerra.png": maps.skerra,
    "media/storm-ragna-surge.png": charts.surge_forecast,
    "media/tanners-brae.png": diagrams.brae,
    "media/taxis.png": rows.taxis,
    "media/tram-bell.png": rows.bell,
    "media/tram-in-saltmarket.png": town.tram_street,
    "media/vannick-pier.png": harbour.vannick_pier,
    "media/wall-heights.png": diagrams.wall_heights,
    "media/weather-book.png": rows.weather_book,
}

TEXTURED: dict[str, Callable[[], Sheet]] = {
    "media/quay-wall.jpg": objects.quay_wall,
}
"""Printed with uneven ink, which makes a PNG several times as large as a JPEG."""

SIGNED = "media/quay-wall.jpg"
"""The one that carries what a newsroom's pictures carry: who made it, whose it is, and where it was
made, which no reader must be told. (The place is invented: it lies in the open sea.)"""

XMP = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
   <dc:creator><rdf:Seq><rdf:li>Courier graphics</rdf:li></rdf:Seq></dc:creator>
   <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">\xc2\xa9 The Tarnholm Courier</rdf:li></rdf:Alt></dc:rights>
   <photoshop:Credit>Illustration: Tarnholm Courier</photoshop:Credit>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def draw_all(names: list[str]) -> None:
    """Draw every picture whose path contains one of `names`; all, if there are none."""
    for path, draw in (PICTURES | TEXTURED).items():
        if names and not any(name in path for name in names):
            continue
        print(f"{_draw(path, draw()):>7,}  {path}", flush=True)


def _draw(path: str, sheet: Sheet) -> int:
    if path not in TEXTURED:
        return files.write_png(sheet, CONTENT / path)
    sheet.mottle(0.4)
    if path == SIGNED:
        return files.write_jpeg(sheet, CONTENT / path, exif=_exif(), xmp=XMP)
    return files.write_jpeg(sheet, CONTENT / path)


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Courier graphics"
    exif[ExifTags.Base.Copyright] = "(c) The Tarnholm Courier"
    exif[ExifTags.Base.BodySerialNumber] = "TC-0311"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (61.0, 12.0, 30.0)
    place[ExifTags.GPS.GPSLongitudeRef] = "W"
    place[ExifTags.GPS.GPSLongitude] = (9.0, 45.0, 0.0)
    return exif
