"""Every refusal that a user can meet.

An error is one sentence that says what is wrong and one that says what to do, with an exit code of its own.
Neither sentence ever quotes a report, a name in it or a passphrase: messages end up in terminals and tickets.
"""

from __future__ import annotations


class SspError(Exception):
    """A refusal with a remedy. `exit_code` is what the command line exits with."""

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


# 2 is click's own code for wrong usage.


class UnreadableFile(SspError):
    """The file is not what it claims to be, is damaged, or holds nothing to read."""

    exit_code = 10


class NotPdfOrDocx(UnreadableFile):
    """The content is of another kind, whatever the file is called."""

    exit_code = 11


class EncryptedFile(UnreadableFile):
    """A PDF that opens with a password only."""

    exit_code = 12


class NoText(UnreadableFile):
    """Nothing that a program can read: an empty document, or a font whose letters mean nothing."""

    exit_code = 13


class DamagedFile(UnreadableFile):
    """Cut off, or broken inside."""

    exit_code = 14


class TooLarge(UnreadableFile):
    """More bytes, time or memory than a report needs."""

    exit_code = 15


class EmptyFile(DamagedFile):
    exit_code = 16


class OldWordFile(NotPdfOrDocx):
    """Word's format of before 2007 (.doc)."""

    exit_code = 17


class MacrosInFile(NotPdfOrDocx):
    """A Word document that carries programs (.docm)."""

    exit_code = 18


class ScannedPages(NoText):
    """Pages that are pictures; the message names them."""

    exit_code = 19


class IntakeRefused(SspError):
    """The file is readable but may not be taken in: an IMR, not signed off, or taken in already."""

    exit_code = 20


class ManagementReview(IntakeRefused):
    exit_code = 21


class AlreadyTakenIn(IntakeRefused):
    exit_code = 22


class SignOffMissing(IntakeRefused):
    """Who signed the report off, or when, is missing or cannot be (§4.28)."""

    exit_code = 23


class BadReference(IntakeRefused):
    """The case reference is not one that can name a folder and a page."""

    exit_code = 24


class ProtectedPdf(EncryptedFile):
    """A PDF that opens without a password but is encrypted against copying or changing."""

    exit_code = 80


class ProtectedWordFile(EncryptedFile):
    """A Word document that opens with a password only."""

    exit_code = 81


class ArchiveBomb(TooLarge):
    """A Word document that unpacks to far more than it is."""

    exit_code = 82


class EntityBomb(DamagedFile):
    """A Word document whose XML declares a document type or entities, which Word never writes."""

    exit_code = 83


class StreamBomb(TooLarge):
    """A PDF with a stream that unpacks to far more than a page needs."""

    exit_code = 84


class ObjectLoop(DamagedFile):
    """A PDF whose pages, outline, names or tags lead back to themselves."""

    exit_code = 85


class TooManyPages(TooLarge):
    exit_code = 86


class AttachedFiles(UnreadableFile):
    """A PDF with other files inside."""

    exit_code = 87


class Portfolio(AttachedFiles):
    """A PDF that is only the cover of a collection of files."""

    exit_code = 88


class ActiveContent(UnreadableFile):
    """A PDF with JavaScript or with actions that start programs."""

    exit_code = 89


class FormInFile(UnreadableFile):
    """A PDF with fields to fill in, whose values are not part of the page's text."""

    exit_code = 90


class FailedRedaction(UnreadableFile):
    """Text that the page does not show but the file still holds: under a box, white on white, invisible."""

    exit_code = 91


class TextInAnnotations(UnreadableFile):
    """Text that is laid over a PDF's page rather than printed on it."""

    exit_code = 92


class OcrNotInstalled(UnreadableFile):
    """Character recognition was asked for and its programs are not on this machine."""

    exit_code = 93


class OcrFailed(UnreadableFile):
    """Character recognition ran and could not read the pages."""

    exit_code = 94


class RulesError(SspError):
    """redaction_rules/ holds a mistake; the message names file, line and reason."""

    exit_code = 30


class ModelUnavailable(SspError):
    """A detection model cannot be loaded. Nothing is anonymised without all of them."""

    exit_code = 31


class DecisionError(SspError):
    """A decision names something that is not there, or an action that it cannot have."""

    exit_code = 32


class DiffMismatch(SspError):
    """Changes and documents do not fit together, so that a diff of them would leave something out."""

    exit_code = 33


class WorkspaceError(SspError):
    """The workspace is missing, exists already, or is not one."""

    exit_code = 40


class WrongPassphrase(SspError):
    exit_code = 41


class NotPermitted(SspError):
    """This user may not do this."""

    exit_code = 42


class NoSuchCase(SspError):
    exit_code = 43


class VaultDamaged(SspError):
    """The event log or the vault does not prove whole."""

    exit_code = 44


class WeakPassphrase(SspError):
    exit_code = 45


class PassphraseMissing(SspError):
    """A passphrase is needed and there is nowhere to take it from."""

    exit_code = 46


class NoSuchUser(SspError):
    exit_code = 47


class Blocked(SspError):
    """A gate is shut. `blockers` lists everything that stands in the way."""

    exit_code = 50

    def __init__(self, message: str, remedy: str = "", blockers: tuple[object, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.blockers = blockers


class NotIndependent(SspError):
    """Who prepared a case, or was introduced by its preparer, may not approve it (§4.26, §4.28)."""

    exit_code = 51


class AlreadySigned(SspError):
    """The same person cannot sign the same thing twice."""

    exit_code = 52


class ChangedSinceSigning(SspError):
    """What would be sealed is not what was signed; the signatures are void."""

    exit_code = 53


class StatementRefused(SspError):
    """A statement that cannot be made: an unknown fact, a date that cannot be, a text that may not be public."""

    exit_code = 54


class LeakFound(SspError):
    """A redacted form was found in final bytes; says where, never what."""

    exit_code = 60


class ReleaseAltered(SspError):
    """A release file, manifest, signature or statement is not what was signed."""

    exit_code = 61


class BuildFailed(SspError):
    """The website could not be built or did not pass its checks; the old one is still served."""

    exit_code = 62


class Busy(SspError):
    """Another run holds the lock."""

    exit_code = 63


class PinsAltered(ReleaseAltered):
    """The list of trusted keys does not prove whole, or belongs to another workspace."""

    exit_code = 64


class RenderFailed(SspError):
    """A document cannot be set as Markdown or as an accessible PDF; nothing is offered for signature."""

    exit_code = 66


class DemoFailed(SspError):
    """The demonstration met a gate that stands open."""

    exit_code = 70
