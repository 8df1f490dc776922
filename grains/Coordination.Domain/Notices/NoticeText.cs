using System.Globalization;
using System.Text;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Platforms;
using Coordination.Domain.Rota;
using Coordination.Domain.Schedule;

namespace Coordination.Domain.Notices;

/// <summary>The words of a message: short lines, the answer first, for somebody who reads them on a telephone at night.</summary>
public static class NoticeText
{
    /// <summary>Most accounts that are named; of more it says how many.</summary>
    public const int MostAccounts = 20;

    private static readonly TimeZoneInfo London = WallClock.TryFindZone(WallClock.London, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>One line: what, on how many of their accounts, for which incident.</summary>
    public static string Subject(NoticeFacts facts, NoticePerson person)
    {
        var what = facts.Kind == NoticeKind.Placed ? facts.Hold.Kind.Name() : "Lifted: " + facts.Hold.Kind.Name().ToLowerInvariant();
        var incident = facts.Hold.Incident is { Length: > 0 } number ? $" (incident {Line(number)})" : "";
        return $"{what} on {Count(person.Accounts.Count)}{incident}";
    }

    /// <summary>The message.</summary>
    public static string Body(NoticeFacts facts, NoticePerson person)
    {
        var hold = facts.Hold;
        var text = new StringBuilder();
        text.Append(person.Name).Append(",\n\n").Append(Opening(facts, person)).Append("\n\n");
        Section(text, "What happened", Happened(facts));
        Section(text, "Your accounts", Accounts(person.Accounts));
        Section(text, facts.Kind == NoticeKind.Placed ? "What you may still do" : "What you may do now", May(facts, person.Accounts));
        Section(text, "Whom to call", [Call(facts)]);
        Section(text, "The hold", [facts.HoldPage is { } page ? $"{hold.Id}: {page}" : hold.Id]);
        text.Append("You get this once, because you are named as the contact or a deputy of these accounts.\n");
        return text.ToString();
    }

    /// <summary>What may still be done on the accounts that the hold covers, or may be done again once it is lifted; a sentence or two each.</summary>
    internal static IEnumerable<string> May(NoticeFacts facts, IReadOnlyList<AccountSummary> accounts) =>
        facts.Kind == NoticeKind.Placed ? May(facts.Hold.Kind) : MayAgain(facts, accounts);

    /// <summary>What people wrote, on one line: a reason may have several.</summary>
    internal static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Opening(NoticeFacts facts, NoticePerson person) => facts.Kind == NoticeKind.Lifted
        ? $"The {facts.Hold.Kind.Name().ToLowerInvariant()} on {Count(person.Accounts.Count)} is over."
        : facts.Hold.Kind switch
        {
            HoldKind.Freeze => $"Nobody publishes on {Count(person.Accounts.Count)} now.",
            HoldKind.CentralCoordination => $"Corporate Communications (Comms) speak for {Count(person.Accounts.Count)} now.",
            _ => $"What goes out on {Count(person.Accounts.Count)} needs the approval of Corporate Communications (Comms) now.",
        };

    private static IEnumerable<string> Happened(NoticeFacts facts)
    {
        var hold = facts.Hold;
        yield return facts.Kind == NoticeKind.Placed
            ? $"{hold.Kind.Name()} since {At(hold.PlacedAt)}"
            : $"{hold.Kind.Name()} from {At(hold.PlacedAt)} to {At(hold.LiftedAt ?? hold.PlacedAt)}";
        yield return $"Why: {Line(hold.Reason)}";
        if (hold.Incident is { Length: > 0 } incident)
        {
            yield return $"Incident: {Line(incident)}";
        }

        if (facts.Kind == NoticeKind.Placed && hold.EndsAt is { } ends)
        {
            yield return $"It ends by itself: {At(ends)}";
        }

        if (facts.Kind == NoticeKind.Lifted && hold.LiftReason is { Length: > 0 } why)
        {
            yield return $"Lifted because: {Line(why)}";
        }
    }

    private static IEnumerable<string> Accounts(IReadOnlyList<AccountSummary> accounts)
    {
        foreach (var account in accounts.Take(MostAccounts))
        {
            yield return $"{PlatformOf(account)}: {account.Key.Handle}";
        }

        if (accounts.Count > MostAccounts)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"and {accounts.Count - MostAccounts} more");
        }
    }

    private static IEnumerable<string> May(HoldKind kind) => kind switch
    {
        HoldKind.Freeze =>
        [
            "Nobody publishes on them, not even Comms.",
            "You may still write drafts.",
            "Nothing that this stops goes out by itself afterwards: a person decides about each post.",
            "Please do not post with the platform's own app or password either.",
        ],
        HoldKind.CentralCoordination =>
        [
            "Only Comms, and those they name, publish on them. If they name you, they tell you.",
            "You may still write drafts.",
            "Nothing that this stops goes out by itself afterwards: a person decides about each post.",
            "Please do not post with the platform's own app or password either.",
        ],
        _ =>
        [
            "You may still write and schedule posts. Each one goes out only if Comms approve it.",
            "A post that is not approved at its time does not go out by itself later: a person decides about it.",
            "Please do not post with the platform's own app or password either.",
        ],
    };

    private static IEnumerable<string> MayAgain(NoticeFacts facts, IReadOnlyList<AccountSummary> accounts)
    {
        var still = accounts.Count(a => facts.Standing.Any(h => !string.Equals(h.Id, facts.Hold.Id, StringComparison.Ordinal) && h.Scope.Covers(a.Key, a.Labels)));
        if (still > 0)
        {
            yield return still == accounts.Count
                ? "Another hold still covers them: look at the board before you publish."
                : string.Create(CultureInfo.InvariantCulture, $"Another hold still covers {still} of them: look at the board before you publish.");
        }

        if (still < accounts.Count)
        {
            yield return still == 0 ? "You may publish on them again, as before." : "On the others you may publish again, as before.";
        }

        yield return "Posts that were stopped wait for a person: none of them goes out by itself. Comms decide about each.";
        yield return "Read again what is still scheduled: it was written before this.";
    }

    private static string Call(NoticeFacts facts) => (facts.OnDuty, facts.CommsPhone) switch
    {
        ({ } shift, _) => $"{DutyRole.DutyOfficer.Name()}: {Line(shift.Name)}, {Line(shift.Phone)}",
        (_, { } phone) => $"Corporate Communications: {Line(phone)}",
        _ => "Corporate Communications (nobody is on the duty rota now)",
    };

    private static void Section(StringBuilder text, string heading, IEnumerable<string> lines)
    {
        text.Append(heading).Append('\n');
        foreach (var line in lines)
        {
            text.Append("- ").Append(line).Append('\n');
        }

        text.Append('\n');
    }

    private static string PlatformOf(AccountSummary account) => Platform.TryFind(account.Key.PlatformId, out var platform) ? platform.Name : account.Key.PlatformId;

    private static string Count(int accounts) => accounts == 1 ? "your account" : string.Create(CultureInfo.InvariantCulture, $"{accounts:#,0} of your accounts");

    private static string At(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, London).ToString("ddd d MMM yyyy HH:mm ", CultureInfo.InvariantCulture) + (London.IsDaylightSavingTime(at) ? "BST" : "GMT");
}
