"""Parts of one's own photograph are covered by ticking squares or drawing, and stay covered in both cases."""

import io
from typing import Any

from PIL import Image
from sqlalchemy import select

from complaints.models import Evidence, PhotoCover
from tests.complaints.conftest import picture
from tests.complaints.test_pages import citizen
from tests.complaints.test_report_pages import Client, client, fills, photos, reads, sends

__all__ = ["client"]


async def colours(client: Client, url: str) -> tuple[Any, Any]:
    """The colours of the upper left and the lower right corner."""
    image = Image.open(io.BytesIO(await (await client.get(url)).read())).convert("L")
    return image.getpixel((3, 3)), image.getpixel((image.width - 4, image.height - 4))


async def the_photo(client: Client, read: Any) -> int:
    assert (await photos(client, scale=[(picture("white"), "a.jpg")])).status == 303
    found: int = read(lambda reading: reading.session.scalar(select(Evidence.id)))
    return found


async def test_ticked_squares_and_drawn_boxes_are_black(client: Client, read: Any) -> None:
    photo = await the_photo(client, read)
    assert await colours(client, f"/h5/report/photos/{photo}.jpg") > (200, 200)
    assert (await sends(client, f"photos/{photo}", cell="0,0")).status == 303
    assert (await sends(client, f"photos/{photo}", box="700,700,1000,1000")).status == 303
    black = await colours(client, f"/h5/report/photos/{photo}.jpg")
    assert max(black) < 40
    assert "已有的 2 处遮挡" in await reads(client, f"photos/{photo}")
    assert (await sends(client, f"photos/{photo}", bare="yes")).status == 303
    assert min(await colours(client, f"/h5/report/photos/{photo}.jpg")) > 200


async def test_what_is_no_box_is_refused_in_words(client: Client, read: Any) -> None:
    photo = await the_photo(client, read)
    for typed in ({}, {"box": "9,9"}, {"cell": "7,7"}, {"box": "500,500,400,900"}, {"box": "0,0,1000,²"}):
        answer = await sends(client, f"photos/{photo}", **typed)
        assert answer.status == 422, typed


async def test_the_tipoff_of_the_same_report_is_covered_alike(client: Client, read: Any) -> None:
    photo = await the_photo(client, read)
    await sends(client, f"photos/{photo}", cell="0,0")
    await fills(client, track={"track": "both"})
    assert (await sends(client, "check")).status == 303
    covered = read(
        lambda reading: list(
            reading.session.scalars(
                select(Evidence.case_id).join(PhotoCover, PhotoCover.evidence_id == Evidence.id)
            )
        )
    )
    assert len(set(covered)) == 2


async def test_somebody_elses_photograph_cannot_be_covered(client: Client, office: Any, read: Any) -> None:
    photo = await the_photo(client, read)
    citizen(office, client, "oOther")
    assert (await client.get(f"/h5/report/photos/{photo}")).status == 404
    assert (await sends(client, "goods", to=f"photos/{photo}", cell="0,0")).status == 404
    assert (await sends(client, "goods", to=f"photos/{photo}", bare="yes")).status == 404
