"""Icons: one picture in the sizes and formats that browsers and telephones ask for."""

from __future__ import annotations

from io import BytesIO

from sitegen.outputs import Form


class PictureBroken(Exception):
    """A picture cannot be read; says why. It can be sent between processes."""


def icon(data: bytes, form: Form) -> bytes:
    """The picture in a PNG file as an icon: the same bytes for the same ones, always.

    Nothing but its pixels is kept: no time, no text, no profile of colours (PNG 3, 11.3).
    Raises PictureBroken.
    """
    from PIL import Image  # 40 ms to import, in the rare build that makes icons

    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            picture.load()
            image = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureBroken(str(error)) from None
    image.info = {}
    image = image.resize((form.size, form.size), Image.Resampling.LANCZOS)
    if form.opaque:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground.convert("RGB")
    made = BytesIO()
    more = {"sizes": [image.size]} if form.format == "ico" else {}
    image.save(made, form.format, **more)
    return made.getvalue()
