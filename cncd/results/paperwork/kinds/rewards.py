"""Tờ trình and Quyết định khen thưởng: from a proposal and its evidence (IV.3)."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.results.paperwork.drawing import (
    Annex,
    Article,
    Bullet,
    Centred,
    Drawn,
    Figure,
    Heading,
    Subject,
    Table,
    Text,
)
from cncd.results.paperwork.kinds import issuers
from cncd.results.paperwork.kinds.phrases import BLANK, address, count, day, one, paragraphs
from cncd.results.paperwork.models import Paper
from cncd.results.paperwork.registry import NothingToDraw, PaperKind
from cncd.results.rewards.models import Proposal
from cncd.results.rewards.queries import Nominee, Proposed, proposal_of

SUBMISSION = "reward_submission"
LAW = "Căn cứ Luật Thi đua, khen thưởng"
HEADS = ("TT", "Tên tập thể, cá nhân", "Chức danh, địa bàn", "Hình thức", "Thành tích")
WIDTHS = (0.7, 3.4, 3.8, 2.4, 5.4)
GRANTED_HEADS = ("TT", "Tên tập thể, cá nhân", "Chức danh, địa bàn", "Hình thức khen thưởng")


def _proposal(pk, user) -> Proposal | None:
    rows = Proposal.objects.visible_to(user).standing()
    beside = ("place__level", "decider__level", "sent_by__person", "document")
    return one(rows.select_related(*beside), pk)


def _short(place, day: dt.date) -> str:
    return issuers.office_short(place, issuers.named_on(place, day), day)


def _label(proposal: Proposal) -> str:
    return proposal.title[:200]


def find(pk, user) -> Subject | None:
    """A proposal within sight, issued by the unit that proposes."""
    proposal = _proposal(pk, user)
    if proposal is None:
        return None
    today = timezone.localdate()
    return Subject(
        record=proposal,
        label=_label(proposal),
        address=proposal.get_absolute_url(),
        place=proposal.place,
        issuer=_short(proposal.place, today),
    )


def drawn(subject: Subject, at: dt.date, user) -> Drawn:
    """The submission: whom the unit proposes, for what, on which evidence."""
    proposal = subject.record
    found = proposal_of(proposal)
    if not found.nominees:
        raise NothingToDraw(_("Nobody is named in the proposal yet. Add a team or a member."))
    issuer = issuers.office_of(proposal.place, at)
    to = issuers.board_of(proposal.decider, at)
    opening = (
        f"{issuer.name} kính trình {to.name} xem xét, khen thưởng ",
        *_sizes(found, found.nominees, subject.address),
        f" có thành tích trong hoạt động của Tổ công nghệ số cộng đồng, từ ngày "
        f"{day(found.first_day)} đến ngày {day(found.last_day)}, cụ thể như sau:",
    )
    teams, members = found.teams, found.members
    groups = [group for group in (("Tập thể", teams), ("Cá nhân", members)) if group[1]]
    body = [Text(opening)]
    for number, (title, rows) in enumerate(groups, 1):
        body += [Heading(f"{number}. {title}", 2), _proposed(rows, found, subject.address)]
    return Drawn(
        **issuer.head,
        title="TỜ TRÌNH",
        symbol=issuer.sign("TTr"),
        about="Về việc đề nghị khen thưởng tập thể, cá nhân có thành tích trong hoạt động của Tổ "
        "công nghệ số cộng đồng",
        addressees=(to.name,),
        bases=(LAW,),
        body=(
            *body,
            *paragraphs(found.note),
            Text("Thành tích và minh chứng của từng tập thể, cá nhân tại Phụ lục kèm theo."),
            Text(f"{issuer.name} kính trình {to.name} xem xét, quyết định"),
        ),
        annexes=(_evidence(found, subject.address),),
        recipients=("Như trên",),
    )


def _sizes(found: Proposed, rows, page: str) -> tuple:
    room, key, version = found.key
    teams = sum(each.is_team for each in rows)
    people = len(rows) - teams
    parts = []
    for value, what in ((teams, "tập thể"), (people, "cá nhân")):
        if value:
            figure = Figure(count(value, what), room, key, version, page, f"Số {what}")
            parts += [" và ", figure] if parts else [figure]
    return tuple(parts)


def _proposed(rows: tuple[Nominee, ...], found: Proposed, page: str) -> Table:
    return Table(
        HEADS,
        tuple(
            (str(place), _name(each, found, page), _who(each), each.form, each.reason)
            for place, each in enumerate(rows, 1)
        ),
        WIDTHS,
        "cllll",
    )


def _name(each: Nominee, found: Proposed, page: str) -> Figure:
    room, _key, version = found.key
    return Figure(each.name, room, each.candidate_id, version, page, "Được đề nghị")


def _who(each: Nominee) -> str:
    return ", ".join(filter(None, [each.position, each.of]))


def _evidence(found: Proposed, page: str) -> Annex:
    """For each of those named, the facts the proposal rests on, each bound to its record."""
    body = []
    for number, each in enumerate(found.nominees, 1):
        body.append(Heading(f"{number}. {each.name}", 2))
        if not each.facts:
            body.append(Text("Chưa có minh chứng."))
        for fact in each.facts:
            bound = Figure(
                fact.shown, fact.room or found.key[0], fact.key or str(each.candidate_id),
                fact.version, fact.address or page, f"{each.name}: {fact.label}"[:300],
            )  # fmt: skip
            body.append(Bullet((f"{fact.label}: ", bound)))
    return Annex("Thành tích và minh chứng", tuple(body))


# -- the decision ---------------------------------------------------------------------------------


def find_decided(pk, user) -> Subject | None:
    """A proposal of which somebody was granted, issued by the unit that decided."""
    proposal = _proposal(pk, user)
    if proposal is None or not proposal.candidates.filter(verdict="granted").exists():
        return None
    today = timezone.localdate()
    return Subject(
        record=proposal,
        label=_label(proposal),
        address=proposal.get_absolute_url(),
        place=proposal.decider,
        issuer=issuers.board_short(issuers.named_on(proposal.decider, today)),
    )


def drawn_decision(subject: Subject, at: dt.date, user) -> Drawn:
    """Who is commended, in which form: those granted, and nobody else."""
    found = proposal_of(subject.record)
    if not found.granted:
        raise NothingToDraw(_("Nobody has been granted a commendation yet."))
    issuer = issuers.board_of(found.decider, at)
    asking = issuers.office_of(found.place, at)
    sizes = _sizes(found, found.granted, subject.address)
    opening = (
        "Khen thưởng ",
        *sizes,
        " có thành tích trong hoạt động của Tổ công nghệ số cộng đồng (danh sách kèm theo).",
    )
    money = (
        "Kinh phí khen thưởng thực hiện theo quy định của pháp luật về thi đua, khen thưởng và "
        "phân cấp ngân sách hiện hành."
    )
    return Drawn(
        **issuer.head,
        title="QUYẾT ĐỊNH",
        symbol=issuer.sign("QĐ"),
        about="Về việc khen thưởng tập thể, cá nhân có thành tích trong hoạt động của Tổ công nghệ "
        "số cộng đồng",
        authority=f"CHỦ TỊCH {issuer.name}".upper(),
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương", LAW, _asked_by(found, asking)),
        body=(
            Centred("QUYẾT ĐỊNH:"),
            Article("Điều 1.", opening),
            Article("Điều 2.", money),
            Article(
                "Điều 3.",
                "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, thủ trưởng các đơn vị "
                "có liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành "
                "Quyết định này",
            ),
        ),
        annexes=(_granted(found, subject.address),),
        recipients=("Như Điều 3", f"{asking.short}"),
    )


def _asked_by(found: Proposed, asking) -> str:
    asked = Paper.objects.filter(kind=SUBMISSION, subject_id=str(found.proposal.pk))
    asked = asked.filter(state=Paper.State.ISSUED).select_related("document").first()
    number = asked.document.number if asked else BLANK
    on = asked.issued_on if asked else found.sent_at and timezone.localdate(found.sent_at)
    when = f" ngày {day(on)}" if on else ""
    return f"Xét đề nghị của {asking.name} tại Tờ trình số {number}{when}"


def _granted(found: Proposed, page: str) -> Annex:
    rows = tuple(
        (str(place), _name(each, found, page), _who(each), each.form)
        for place, each in enumerate(found.granted, 1)
    )
    table = Table(GRANTED_HEADS, rows, (0.7, 4, 5, 3), "clll")
    return Annex("Danh sách tập thể, cá nhân được khen thưởng", (table,))


def enter_in_the_register(paper) -> tuple[str, str] | None:
    """The page that enters those commended by the decision just numbered."""
    if Proposal.objects.filter(pk=paper.subject_id, document=None).exists():
        page = address("rewards:issue", paper.subject_id, document=paper.document_id)
        return _("Enter those commended in the register"), page
    return None


KINDS = (
    PaperKind(
        code=SUBMISSION,
        label=_("Submission to commend"),
        subject="reward_proposal",
        find=find,
        drawn=drawn,
        document_kind="proposal",
        abbreviation="TTr",
        names_people=True,
    ),
    PaperKind(
        code="reward_decision",
        label=_("Decision to commend"),
        subject="reward_proposal",
        find=find_decided,
        drawn=drawn_decision,
        follow_up=enter_in_the_register,
        document_kind="decision",
        abbreviation="QĐ",
        names_people=True,
    ),
)
