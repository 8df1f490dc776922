using Coordination.Domain.Holds;
using Coordination.Domain.Rota;

namespace Coordination.Domain.Notices;

/// <summary>From a hold and the accounts it covers to the one message that every webhook gets. Pure.</summary>
public static class HoldNoticeWriter
{
    /// <summary>Most accounts that are listed; a message of so many has some 100 KB.</summary>
    public const int MostAccounts = 1000;

    /// <summary>Writes it.</summary>
    /// <param name="facts">What happened.</param>
    /// <param name="scopeInWords">The hold's scope, as people read it.</param>
    public static HoldNotice Write(NoticeFacts facts, string scopeInWords)
    {
        var hold = facts.Hold;
        var accounts = facts.Accounts.OrderBy(a => a.Key).ToArray();
        var listed = accounts.Take(MostAccounts).Select(a => new CoveredAccount(a.Key.Value, a.Key.PlatformId, a.Key.Handle)).ToArray();
        return new HoldNotice
        {
            Event = "hold-" + facts.Kind.Id(),
            At = facts.Kind == NoticeKind.Placed ? hold.PlacedAt : hold.LiftedAt ?? hold.PlacedAt,
            Hold = new HoldFacts
            {
                Id = hold.Id,
                Kind = hold.Kind,
                KindName = hold.Kind.Name(),
                Incident = hold.Incident is { Length: > 0 } incident ? NoticeText.Line(incident) : null,
                PlacedAt = hold.PlacedAt,
                EndsAt = hold.EndsAt,
                LiftedAt = facts.Kind == NoticeKind.Placed ? null : hold.LiftedAt,
                ScopeInWords = NoticeText.Line(scopeInWords),
                Scope = IsShort(hold.Scope) && (hold.Scope.Except is not { } except || IsShort(except)) ? hold.Scope : null,
                Page = facts.HoldPage,
            },
            Accounts = new CoveredAccounts(accounts.Length, listed, accounts.Length - listed.Length),
            MayDo = [.. NoticeText.May(facts, accounts)],
            Call = facts.OnDuty is { } shift
                ? new CallFacts(DutyRole.DutyOfficer.Name(), NoticeText.Line(shift.Name), NoticeText.Line(shift.Phone))
                : new CallFacts("Corporate Communications", null, facts.CommsPhone is { } phone ? NoticeText.Line(phone) : null),
        };
    }

    private static bool IsShort(Scope scope) => new[] { scope.Areas, scope.Stations, scope.Platforms, scope.Kinds, scope.Departments, scope.Accounts }
        .All(list => list is null || list.Count <= MostAccounts);
}
