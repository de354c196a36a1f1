"""How much a text or a drawing stands out from what is behind it (WCAG 2.2), for browsers."""

LIGHT = """
    const channels = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour => {
        const [r, g, b] = channels(colour).slice(0, 3).map(part => part / 255)
            .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const ground = element => {
        for (; element; element = element.parentElement) {
            const { backgroundColor } = getComputedStyle(element);
            if (channels(backgroundColor)[3] !== 0) return backgroundColor;
        }
    };
"""
"""Functions of JavaScript: `light`, the relative luminance of a colour; `ground`, that behind."""
