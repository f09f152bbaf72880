"""Token life cycles over HTTP."""

from tests.emulator.stage import APP_ID, SECRET, Stage, Staging

PLAIN = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}


async def errcode(stage: Stage, token: str) -> int:
    answer = await stage.get("/cgi-bin/getcallbackip", access_token=token)
    return int(answer.get("errcode", 0))


async def stable(stage: Stage, **more: object) -> dict[str, object]:
    return dict(await stage.post("/cgi-bin/stable_token", {**PLAIN, **more}))


async def test_a_new_token_kills_the_old_one_after_five_minutes(stage: Stage) -> None:
    first = await stage.token()
    second = await stage.token()
    assert first != second
    assert len(first) >= 512
    stage.clock.at += 299
    assert await errcode(stage, first) == 0
    stage.clock.at += 1
    assert await errcode(stage, first) == 40001
    assert await errcode(stage, second) == 0


async def test_a_token_ends_after_two_hours(stage: Stage) -> None:
    token = await stage.token()
    stage.clock.at += 7199
    assert await errcode(stage, token) == 0
    await stage.post("/control/clock", {"seconds": 1})
    assert await errcode(stage, token) == 42001


async def test_missing_malformed_and_foreign_tokens_are_told_apart(stage: Stage) -> None:
    missing = await stage.get("/cgi-bin/getcallbackip")
    assert missing["errcode"] == 41001
    assert "rid: " in missing["errmsg"]
    assert await errcode(stage, "short") == 40014
    assert await errcode(stage, "x" * 512) == 40001


async def test_the_stable_token_stays_until_five_minutes_before_its_end(stage: Stage) -> None:
    first = await stable(stage)
    stage.clock.at += 6899
    again = await stable(stage)
    assert again == {"access_token": first["access_token"], "expires_in": 301}
    stage.clock.at += 1
    fresh = await stable(stage)
    assert fresh["access_token"] != first["access_token"]
    assert await errcode(stage, str(first["access_token"])) == 0
    stage.clock.at += 300
    assert await errcode(stage, str(first["access_token"])) != 0


async def test_the_two_kinds_of_token_do_not_disturb_each_other(stage: Stage) -> None:
    standing = str((await stable(stage))["access_token"])
    await stage.token()
    await stage.token()
    stage.clock.at += 1000
    assert await errcode(stage, standing) == 0


async def test_a_forced_refresh_ends_the_token_at_once_and_needs_thirty_seconds(stage: Stage) -> None:
    first = str((await stable(stage))["access_token"])
    forced = await stable(stage, force_refresh=True)
    assert await errcode(stage, first) == 40001
    assert (await stable(stage, force_refresh=True))["errcode"] == 45011
    stage.clock.at += 30
    assert (await stable(stage, force_refresh=True))["access_token"] != forced["access_token"]


async def test_forced_refreshes_end_at_twenty_a_day_and_begin_again_at_midnight(stage: Stage) -> None:
    for _ in range(20):
        assert "access_token" in await stable(stage, force_refresh=True)
        stage.clock.at += 30
    assert (await stable(stage, force_refresh=True))["errcode"] == 45009
    stage.clock.at += 86_400
    assert "access_token" in await stable(stage, force_refresh=True)


async def test_wrong_credentials_are_named(stage: Stage) -> None:
    async def refused(**change: str) -> int:
        return int((await stage.get("/cgi-bin/token", **{**PLAIN, **change}))["errcode"])

    assert await refused(grant_type="password") == 40002
    assert await refused(appid="wx0") == 40013
    assert await refused(secret="no") == 40125
    assert await refused(secret="") == 41004


async def test_revoked_tokens_are_wrong_until_fetched_anew(stage: Stage) -> None:
    token = await stage.token()
    await stage.post("/control/tokens/revoke", {})
    assert await errcode(stage, token) == 40001
    assert await errcode(stage, await stage.token()) == 0


async def test_the_same_seed_and_clock_make_the_same_tokens(staging: Staging) -> None:
    one, same, other = await staging(), await staging(), await staging(seed=8)
    assert await one.token() == await same.token() != await other.token()
