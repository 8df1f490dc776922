using System.Buffers.Text;
using System.Security.Cryptography;
using Coordination.Dashboard.Components.Calendar;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Feeds;

/// <summary>Gives a person an address for their calendar program, and what is read there.</summary>
public sealed class CalendarFeeds(ICalendarFeedStore store, StaffDirectory staff, IPostReader posts, IBoard board, TimeProvider time)
{
    /// <summary>The path; the secret is its query, which traces leave out.</summary>
    public const string Path = "/calendar.ics";

    private const int LongestToken = 100;
    private const int DaysBack = 14;
    private const int DaysAhead = 92;
    private const int PerDay = 50;

    /// <summary>Makes an address, in the place of a former one.</summary>
    /// <returns>Its path and query. It is shown once: only its hash is kept.</returns>
    public async Task<string> MakeAsync(Actor actor, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await store.MakeAsync(actor, token, cancellationToken);
        return $"{Path}?token={token}";
    }

    /// <summary>Takes the address back: from now on nothing is read there.</summary>
    public Task<bool> RevokeAsync(Actor actor, CancellationToken cancellationToken) => store.RevokeAsync(actor, cancellationToken);

    /// <summary>When the person's address was made (UTC); null when there is none.</summary>
    public Task<DateTimeOffset?> MadeAtAsync(Actor actor, CancellationToken cancellationToken) => store.MadeAtAsync(actor.Id, cancellationToken);

    /// <summary>The calendar of whoever has the token: for account holders their own accounts, for others all.</summary>
    /// <param name="token">The secret of an address.</param>
    /// <param name="root">Where the pages are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when nobody's address has it, or its person may not read any more.</returns>
    public async Task<string?> ReadAsync(string? token, Uri root, CancellationToken cancellationToken)
    {
        if (token is not { Length: > 0 and <= LongestToken }
            || await store.FindAsync(token, cancellationToken) is not { } id
            || await staff.FindAsync(id, cancellationToken) is not { } member
            || member.AsActor() is not { } actor || !actor.May(Permission.Read))
        {
            return null;
        }

        var today = CalendarRange.DayOf(time.GetUtcNow());
        IReadOnlyList<Scope>? own = actor.Role == Role.AccountHolder ? [.. actor.Accounts()] : null;
        var days = await posts.CalendarAsync([], own, today.AddDays(-DaysBack), today.AddDays(DaysAhead), PerDay, cancellationToken);
        return CalendarFile.Of(days, board.Accounts, root, actor.Name);
    }
}
