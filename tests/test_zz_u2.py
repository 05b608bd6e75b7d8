import time
from desks_fixtures import KEY, actor, demonstration, desk, right  # noqa
from actions import uploading, submitting, reviewing
from actions.standing import standing
from actions.story import story
def test_t(desk):
    t=time.time(); uploading.upload(actor("210421"),"a.xlsx",right()); print("upload",time.time()-t)
    t=time.time(); submitting.submit(actor("210421"),KEY,seen=standing(KEY).seen); print("submit",time.time()-t)
    t=time.time(); reviewing.approve(actor("planning"),KEY,seen=standing(KEY).seen); print("approve",time.time()-t)
    t=time.time(); story(actor("planning"),KEY); print("story",time.time()-t)
    t=time.time(); standing(KEY); print("standing",time.time()-t)
    t=time.time(); q=reviewing.queue(actor("planning"),"2021Q3"); print("queue",time.time()-t)
    t=time.time(); reviewing.case(actor("planning"),KEY); print("case",time.time()-t)
    print(q.to_string())
