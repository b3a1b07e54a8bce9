"""What calls cost, by the price list that genai-prices carries; unknown is None, never 0."""

from __future__ import annotations

from briefer.calls import Spent
from briefer.models.endpoint import is_loopback


def cost(model: str, spent: Spent, base_url: str | None = None) -> float | None:
    """Return US dollars, or None if the model, its provider or the tokens are not known.

    Where a server does not count cached tokens, all input is priced as uncached: an upper bound.
    A server on this machine has no price.
    """
    if spent.input_tokens is None or spent.output_tokens is None:
        return None
    if base_url is not None and is_loopback(base_url):
        return None
    from genai_prices import Usage, calc_price  # it reads its whole price list when imported

    usage = Usage(
        input_tokens=spent.input_tokens,
        cache_read_tokens=spent.cached_tokens or 0,
        output_tokens=spent.output_tokens,
    )
    try:
        price = calc_price(usage, model, provider_api_url=base_url) if base_url else calc_price(usage, model)
    except (LookupError, ValueError):
        return None
    return float(price.total_price)


def dollars(amount: float) -> str:
    """Return an amount as it is printed: cents, and hundredths of a cent where there are few of them."""
    return f"${amount:,.2f}" if amount >= 1 or round(amount, 2) == amount else f"${amount:.4f}"
