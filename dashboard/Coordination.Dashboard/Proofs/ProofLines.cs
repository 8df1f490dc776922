using System.Globalization;
using Coordination.Dashboard.Api;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Proofs;

/// <summary>A proof in lines for people. Times are the brigade's, with their zone, and UTC beside them.</summary>
internal static class ProofLines
{
    private static readonly float[] Pair = [0.22f, 0.78f];
    private static readonly float[] ReceiptShares = [0.38f, 0.34f, 0.14f, 0.14f];
    private static readonly float[] FlightShares = [0.28f, 0.31f, 0.11f, 0.3f];
    private static readonly float[] OffSystemShares = [0.22f, 0.31f, 0.47f];
    private static readonly float[] EntryShares = [0.05f, 0.31f, 0.18f, 0.21f, 0.25f];

    /// <summary>The lines.</summary>
    public static IEnumerable<PrintLine> Of(ProofDocument proof, DateTimeOffset at, Actor by) =>
    [
        PrintLine.Of(PrintStyle.Title, $"Proof of hold {proof.Hold.Id}"),
        PrintLine.Of(PrintStyle.Small, $"Taken {Time(at)} by {by.Name} ({by.Role.Name()}). The journal of the hold has the hash at the foot of each page."),
        .. Facts(proof),
        .. InFlight(proof),
        .. OffSystem(proof),
        .. Receipts(proof),
        .. Journal(proof),
    ];

    private static IEnumerable<PrintLine> Facts(ProofDocument proof)
    {
        var hold = proof.Hold;
        yield return PrintLine.Of(PrintStyle.Heading, hold.ScopeInWords);
        yield return Fact("Kind", HoldKinds.TryParse(hold.Kind, out var kind) ? Looks.Of(kind).Word : hold.Kind);
        yield return Fact("Placed", $"{Time(proof.Placed.At)}, sequence {proof.Placed.Sequence}");
        yield return Fact("By", Who(proof.Placed.By) + (hold.Rule is { } rule ? $", by the rule “{rule}”" : ""));
        yield return Fact("Reason", hold.Reason);
        yield return Fact("Incident", hold.Incident ?? "none named");
        yield return Fact("Receipts", FormattableString.Invariant($"{proof.Receipts.Acknowledged} of {proof.Receipts.Covered} accounts covered now")
            + (proof.Receipts.AllWithinMilliseconds is { } all ? FormattableString.Invariant($", the last {all:#,0} ms after the placing") : ""));
        yield return Fact("Posts stopped", proof.Receipts.PostsStopped.ToString(CultureInfo.InvariantCulture));
        yield return Fact("In flight", FormattableString.Invariant($"{proof.InFlight.Count} at the placing"));
        yield return Fact("Off-system", FormattableString.Invariant($"{proof.OffSystem.Count} posts found that did not come through here"));
        yield return Fact("Lets through", List(proof.NamedPosters.AtPlacing) + (proof.NamedPosters.Removed.Count == 0 ? "" : $"; since then not {string.Join(", ", proof.NamedPosters.Removed.Select(r => $"{r.Id} ({Time(r.At)})"))}"));
        foreach (var review in proof.Reviews)
        {
            yield return Fact("Reviewed", $"{Time(review.At)} by {Who(review.By)}: {review.Reason ?? "no reason kept"}" + (review.ReviewAt is { } next ? $"; again by {Time(next)}" : ""));
        }

        if (proof.Lift?.Asked is { } asked)
        {
            yield return Fact("Lift asked for", $"{Time(asked.At)} by {Who(asked.By)}: {asked.Reason}");
        }

        yield return proof.Lift?.Lifted is { } lifted
            ? Fact(proof.Lift.ByItself ? "Ended by itself" : "Lifted", $"{Time(lifted.At)} by {Who(lifted.By)}, sequence {lifted.Sequence}: {lifted.Reason}")
            : Fact("Lifted", "It stood when this proof was taken.");
    }

    private static IEnumerable<PrintLine> InFlight(ProofDocument proof)
    {
        if (proof.InFlight.Count == 0)
        {
            yield break;
        }

        yield return PrintLine.Of(PrintStyle.Heading, "On the wire when it was placed");
        yield return new PrintLine(PrintStyle.Columns, ["Account", "Permit", "Outcome", "Sent, removed"], FlightShares);
        foreach (var post in proof.InFlight)
        {
            yield return Row(FlightShares, post.Account, $"{UkTime.Exact(post.IssuedAt)}", post.Outcome, Ends(post));
        }
    }

    private static IEnumerable<PrintLine> OffSystem(ProofDocument proof)
    {
        if (proof.OffSystem.Count == 0)
        {
            yield break;
        }

        yield return PrintLine.Of(PrintStyle.Heading, "Made on the platform, not through here");
        yield return new PrintLine(PrintStyle.Columns, ["Account", "Posted", "Link, or the platform’s id"], OffSystemShares);
        foreach (var post in proof.OffSystem)
        {
            yield return Row(OffSystemShares, post.Account, UkTime.Exact(post.PostedAt), post.Url ?? post.RemoteId);
        }
    }

    private static IEnumerable<PrintLine> Receipts(ProofDocument proof)
    {
        yield return PrintLine.Of(PrintStyle.Heading, "Receipts");
        yield return new PrintLine(PrintStyle.Columns, ["Account", "Acknowledged", "After", "Stopped"], ReceiptShares);
        foreach (var receipt in proof.Receipts.Items)
        {
            yield return Row(
                ReceiptShares,
                receipt.Account + (receipt.Covered ? "" : " (not covered any more)"),
                receipt.AcknowledgedAt is { } at ? UkTime.Exact(at) : "not yet",
                receipt.AfterMilliseconds is { } after ? FormattableString.Invariant($"{after:#,0} ms") : "",
                receipt.PostsStopped.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<PrintLine> Journal(ProofDocument proof)
    {
        yield return PrintLine.Of(PrintStyle.Heading, $"Journal, stream {proof.Journal.Stream}");
        yield return new PrintLine(PrintStyle.Columns, ["No.", "When", "Who", "What", "Hash (beginning)"], EntryShares);
        foreach (var entry in proof.Journal.Entries)
        {
            yield return Row(EntryShares, entry.Number.ToString(CultureInfo.InvariantCulture), UkTime.Exact(entry.At), entry.By.Name, JournalWords.Of(entry.Event), entry.Hash[..24]);
        }
    }

    private static string Ends(InFlightDto post) =>
        string.Join(", ", new[] { post.SentAt is { } sent ? "sent " + UkTime.Clock(sent) : null, post.RemovedAt is { } gone ? "removed " + UkTime.Clock(gone) : null }.OfType<string>());

    private static string Time(DateTimeOffset at) => $"{UkTime.Exact(at)} ({at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)} UTC)";

    private static string Who(ActorDto actor) => $"{actor.Name} ({(Roles.TryParse(actor.Role, out var role) ? role.Name() : actor.Role)})";

    private static string List(IReadOnlyList<string> ids) => ids.Count == 0 ? "nobody" : string.Join(", ", ids);

    private static PrintLine Fact(string name, string words) => new(PrintStyle.Text, [name, words], Pair);

    private static PrintLine Row(float[] shares, params string[] cells) => new(PrintStyle.Text, cells, shares, IsRow: true);
}
