"""The restaurant as the tour opens it: a company with its whole pack, licences, a tax, its duties."""

from pathlib import Path

from chutdiao.app.signing import signing
from chutdiao.domain.form import Field
from chutdiao.domain.submission import SubmissionState
from chutdiao.ui.application import Program
from chutdiao.ui.tour.filling import Filler
from chutdiao.ui.tour.hands import Hands
from chutdiao.ui.tour.story import Script, Story, TourAsker

COMPANY = "0105599999016"
PACK = "company-registration"
ALONE = (
    ("health-hazard", "health-hazard"),
    ("vat-registration", "pp01"),
    ("sso-employer", "sso1-01"),
    ("sso-insured", "sso1-03"),
    ("liquor-licence", "liquor-retail"),
    ("sign-tax", "sign-tax"),
)
_TODAY, _CERTIFICATE = "23/11/2569", "หนังสือรับรองนิติบุคคล"
_DRAWN = "drawn"
# Forms whose answers before sending look like those of any other.
_QUIET = ("registration-statement", "meeting-notice", "articles", "share-payment", "ssch1", "office-map")


class Restaurant(Story):
    """Each method is one chapter of the company's way."""

    prefix = "restaurant-"

    def __init__(self, program: Program, hands: Hands, script: Script, out: Path, asker: TourAsker) -> None:
        super().__init__(program, hands, script, out)
        self._asker = asker
        self._number = 0
        asker.prefix = self.prefix

    def begin(self) -> None:
        """Start a second business from the first page."""
        self.desk.navigator.show("home", start=True)
        self._hands.pause(300)
        self._hands.click("start.kind.restaurant")
        self._hands.type("start.name", self._script.name)
        self.look("start")
        self._hands.click("start.begin")
        self._reach("interview")

    def compare(self) -> None:
        """See the ways to own it side by side, and print them."""
        self._hands.click("roadmap.compare")
        self._reach("compare")
        self._hands.find("compare.company")
        self._settle()
        self.look("compare")
        self._hands.click("compare.print")
        self._printed("compare.pdf")
        self._hands.click("compare.back")
        self._reach("roadmap")

    def _printed(self, name: str) -> None:
        path = self._out / f"{self.prefix}{name}"
        self._hands.until(path.is_file, f"the printed {name}")

    def done(self, step: str) -> None:
        """Say that a step without a form is done."""
        self._on_plan()
        self._hands.click(f"step.{step}.do")
        self._settle()

    def _on_plan(self) -> None:
        self.desk.navigator.show("roadmap", business=self._business)
        self._reach("roadmap")

    def fill(self, form: str) -> str:
        """Fill the form in front with what is not known yet; look at its paper; return the draft."""
        self._reach("form")
        draft = str(self._page()[1]["draft"])
        sections = self.desk.workspace.shelf.load(form).sections
        shown = [section.id for section in sections][:1]
        answers = self._script.forms[form]
        tables = {s.id for s in sections for f in s.fields if f.columns and answers.get(f.id)}
        Filler(self._hands, self.desk, answers, typed_once=True, paper=self._paper).fill(
            draft, f"{self.prefix}{form}", {*shown, *tables}
        )
        self.desk.jobs.flush()
        self.desk.navigator.show("preview", draft=draft)
        self._reach("preview")
        self._hands.until(lambda: self._hands.enabled("save"), f"the paper of {form}")
        self.look(f"{form}-preview")
        self._hands.click("save")
        self._printed(f"{form}.pdf")
        self.review(draft)
        if form not in _QUIET:
            self.look(f"{form}-check-answers")
        if self._hands.look("profile.apply") is not None:
            self._hands.click("profile.apply")
            self._settle()
        return draft

    def _paper(self, field: Field) -> None:
        """A paper of its own for each kind of document."""
        self._asker.paper = self._script.paper(field.document or field.id, field.label.th)

    def review(self, draft: str) -> None:
        self.desk.navigator.show("review", draft=draft)
        self._reach("review")

    def of_step(self, step: str, form: str) -> str:
        """Open a step's own form from the plan and fill it."""
        self._on_plan()
        self._hands.click(f"step.{step}.do")
        return self.fill(form)

    def pack(self) -> dict[str, str]:
        """Fill every form of the company's pack, then print them all as one; return the drafts."""
        self._on_plan()
        self.look("plan-founding")
        self._hands.click(f"step.{PACK}.do")
        self._reach("pack")
        self.look("pack-empty")
        drafts = {}
        forms = [w.objectName().split(".")[1] for w in self._hands.all("pack.") if _opens(w.objectName())]
        for form in forms:
            if form not in self._script.forms:
                continue
            self.desk.navigator.show("pack", business=self._business, step=PACK)
            self._hands.click(f"pack.{form}.open")
            drafts[form] = self.fill(form)
        self.desk.navigator.show("pack", business=self._business, step=PACK)
        self._settle()
        self.look("pack-filled")
        self._hands.click("pack.print")
        self._printed(f"{PACK}.pdf")
        return drafts

    def sign_in_turn(self, draft: str) -> None:
        """The first signs here by hand, everybody else on paper."""
        self.review(draft)
        self._hands.click("next")
        self._reach("sign")
        waiting = list(signing(self.desk.workspace, draft).waiting)
        first = waiting[0].key
        self._hands.click(f"method.{first}.{_DRAWN}")
        self._hands.draw(f"draw.{first}")
        self.look("sign-first")
        if len(waiting) > 1:
            self._hands.click(f"sign.{first}")
            self._hands.until(lambda: len(self._waiting(draft)) < len(waiting), "the first signature")
        while len(left := self._waiting(draft)) > 1:
            self._hands.click(f"method.{left[0]}.paper")
            self._hands.click(f"sign.{left[0]}")
            self._hands.until(lambda n=len(left): len(self._waiting(draft)) < n, "the next signature")
        if left and left[0] != first:
            self._hands.click(f"method.{left[0]}.paper")
        self.look("sign-last")
        self._hands.click("send")
        self._reach("review")

    def _waiting(self, draft: str) -> list[str]:
        self.desk.jobs.flush()
        return [who.key for who in signing(self.desk.workspace, draft).waiting]

    def file(self, draft: str, channel: str, picture: str) -> str:
        """File at the agency's site or on paper and write its number down; return the submission."""
        self.review(draft)
        self._hands.click(channel)
        self._reach(channel)
        self.look(f"{picture}-{channel}")
        if channel == "paper":
            self._hands.click("save")
            self._settle()
        self._number += 1
        self._record(f"SAMPLE-1{self._number:03}")
        return str(self._page()[1]["submission"])

    def answered(self, submission: str, number: str, paper: str = "") -> None:
        """Write down what the agency issued, with its paper."""
        self.desk.navigator.show("tracking", submission=submission)
        self._hands.type("result.number", number)
        self._hands.type("result.date", _TODAY)
        if paper:
            self._asker.paper = self._script.paper("certificate", paper)
            self._hands.click("result.paper")
        self.look("result")
        self._hands.click("result.save")
        self._hands.until(lambda: self._hands.look("result.save") is None, "the answer written down")
        self._settle()
        self.look("result-written")

    def send(self, draft: str, picture: str) -> str:
        """Sign and send through the gateway and wait for its licence; return the submission."""
        self.review(draft)
        self._hands.click("next")
        self._reach("sign")
        self._hands.click("send")
        self._reach("tracking")
        submission = str(self._page()[1]["submission"])
        self.becomes(submission, SubmissionState.RECEIVED, f"{picture}-received")
        self.heard(submission, "issued")
        self._settle()
        self.look(f"{picture}-issued")
        return submission

    def duties(self) -> None:
        """The new company's duties as list, month and year; exported as a calendar."""
        self.desk.navigator.show("duties", business=self._business)
        self._reach("duties")
        self._settle()
        self.look("duties-this-year")
        self._hands.click("duties.after")
        self._settle()
        for view in ("list", "month", "year"):
            self._hands.click(f"duties.show.{view}")
            self._settle()
            self.look(f"duties-{view}")
        self._hands.click("duties.export")
        self._hands.until(lambda: any(self._out.glob("*.ics")), "the exported calendar")

    def look_at_the_end(self) -> None:
        """The plan, the vault and the events as they are now."""
        self._on_plan()
        self._settle()
        self.look("plan-later")
        for page in ("vault", "events", "outbox"):
            self.desk.navigator.show(page)
            self._settle()
            self.look(page)


def _opens(name: str) -> bool:
    return name.count(".") == 2 and name.endswith(".open")


def open_restaurant(program: Program, hands: Hands, script: Script, out: Path, asker: TourAsker) -> list[str]:
    """Walk the company's whole way in a window that is open and reaches its gateway."""
    story = Restaurant(program, hands, script, out, asker)
    story.begin()
    story.interview()
    story.plan()
    story.compare()
    story.done("premises-right")
    name = story.of_step("name-reservation", "name-reservation")
    story.answered(story.file(name, "portal", "name"), "SAMPLE-NAME-1")
    drafts = story.pack()
    story.sign_in_turn(drafts["boj2"])
    story.sign_in_turn(drafts["boj1"])
    story.answered(story.file(drafts["boj1"], "portal", "boj1"), COMPANY, _CERTIFICATE)
    sent = [story.send(drafts["boj5"], "boj5")]
    sent.append(story.send(story.of_step("food-premises", "food-licence"), "food-licence"))
    for step, form in ALONE:
        draft = story.of_step(step, form)
        channels = story.desk.workspace.shelf.load(form).channels
        if "api" in channels:
            sent.append(story.send(draft, form))
        else:
            story.file(draft, "portal" if "portal" in channels else "paper", form)
    story.duties()
    story.look_at_the_end()
    return sent
