using System.Data.Common;
using Coordination.Contracts;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Places and lifts holds from this host. No grain stands in the way: it works while every silo is dead.</summary>
public sealed partial class HoldDesk(
    IFence fence,
    IHoldBoard holds,
    IBoardImages board,
    IAccountReader accounts,
    IPostReader posts,
    IHoldReader holdReader,
    IStaffStore staff,
    ScopeCheck scopes,
    HoldFollowUp followUp,
    TimeProvider time,
    ILogger<HoldDesk> logger) : IHoldDesk
{
    /// <summary>How long one call goes on asking the fence before it says "not known yet".</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long what follows an acknowledgement (counting, refreshing) may delay its answer.</summary>
    public static readonly TimeSpan AfterPatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PreviewSpan = TimeSpan.FromHours(24);

    private const int PreviewPosts = 5;

    /// <inheritdoc/>
    public async Task<HoldPreview> PreviewAsync(Scope scope, CancellationToken cancellationToken)
    {
        var covered = accounts.CountCoveredAsync(scope, cancellationToken);
        var due = posts.DueInScopeAsync(scope, time.GetUtcNow() + PreviewSpan, PreviewPosts, cancellationToken);
        var inFlight = holdReader.OpenInScopeAsync(scope, cancellationToken);
        await Task.WhenAll(covered, due, inFlight);
        var (total, first) = await due;
        return new HoldPreview(await covered, total, first, await inFlight);
    }

    /// <inheritdoc/>
    public Task<Refusal?> CheckScopeAsync(Scope scope, CancellationToken cancellationToken) =>
        scopes.RunAsync(scope, ScopeDecider.ForHolds, null, cancellationToken);

    /// <inheritdoc/>
    public async Task<FenceAnswer<HoldPlaced>> PlaceAsync(
        HoldWish wish, Actor actor, Guid operationId, string? rule, CancellationToken cancellationToken)
    {
        NamedPosterAnswer named;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            if (await scopes.RunAsync(wish.Scope, ScopeDecider.ForHolds, known => HoldDecider.Place(wish, actor, known, time.GetUtcNow()), limit.Token) is { } refusal)
            {
                return new FenceAnswer<HoldPlaced>.Refused(refusal);
            }

            // Also for a freeze, which lets nobody through: a fence connection that died with its server shows here, where nothing was sent yet.
            named = NamedPosters.Expand(wish, await staff.AllAsync(limit.Token));
        }
        catch (Exception e) when (e is StoreUnavailableException or DbException or TimeoutException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The fence was not asked yet: it is certain that nothing was held.
            LogNotAsked(operationId, e.GetType().Name);
            return new FenceAnswer<HoldPlaced>.Unreachable("The database does not answer.");
        }

        if (named.Refusal is { } unknown)
        {
            return new FenceAnswer<HoldPlaced>.Refused(unknown);
        }

        var order = new PlaceHoldOrder(
            operationId, wish.Kind, wish.Scope, wish.Reason!.Trim(), actor, named.StaffIds, wish.Incident?.Trim(), wish.ReviewAt, rule,
            wish.EndsAt, HoldDecider.LiftNeedsSecond(actor, wish.Incident, rule));

        // A caller who hangs up does not take the order back.
        var answer = await fence.PlaceHoldAsync(order, Patience, CancellationToken.None);
        return answer switch
        {
            FenceAnswer<PlacedHold>.Took took => await FollowAsync(took.Result, cancellationToken),
            FenceAnswer<PlacedHold>.Refused refused => new FenceAnswer<HoldPlaced>.Refused(refused.Why),
            FenceAnswer<PlacedHold>.Unreachable away => new FenceAnswer<HoldPlaced>.Unreachable(away.Why),
            FenceAnswer<PlacedHold>.NotKnownYet open => new FenceAnswer<HoldPlaced>.NotKnownYet(open.OperationId, open.Why),
            _ => throw new InvalidOperationException($"No rule for the fence's answer {answer.GetType().Name}."),
        };
    }

    // The hold stands; nothing that goes wrong from here on may turn the answer into anything else.
    private async Task<FenceAnswer<HoldPlaced>> FollowAsync(PlacedHold placed, CancellationToken cancellationToken)
    {
        LogPlaced(placed.Hold.Id, placed.Hold.PlacedBy, placed.Elapsed.TotalMilliseconds, placed.Repeated);
        followUp.Drive(placed.Hold.Id);
        var refresh = RefreshAsync();
        var covered = await CountAsync(placed.Hold, cancellationToken);
        await refresh;
        return new FenceAnswer<HoldPlaced>.Took(new HoldPlaced(placed, covered));
    }

    private async Task<int> CountAsync(Hold hold, CancellationToken cancellationToken)
    {
        try
        {
            return await accounts.CountCoveredAsync(hold.Scope, cancellationToken).WaitAsync(AfterPatience, time, cancellationToken);
        }
        catch (Exception e)
        {
            LogCountedHere(hold.Id, e.GetType().Name);
            return board.Accounts.Values.CountCovered(hold.Scope);
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            await holds.RefreshAsync(CancellationToken.None).WaitAsync(AfterPatience, time);
            await board.CaughtUpAsync().WaitAsync(AfterPatience, time);
        }
        catch (Exception e)
        {
            // The board's copy reconciles by itself every second.
            LogNotRefreshed(e.GetType().Name);
        }
    }
}
