using System.Data.Common;
using Coordination.Content;
using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Domain.Schedule;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Repeats;
using Coordination.Storage.Review;

namespace Coordination.Dashboard.Repeats;

/// <summary>Decides by the rules, expands, and asks the database. The posts themselves are made by the silos.</summary>
public sealed class RepeatDesk(IRepeatStore store, IRuleBook rules, ContentFacts facts, IBoard board, TimeProvider time) : IRepeatDesk
{
    /// <inheritdoc/>
    public async Task<RepeatPreview> PreviewAsync(RepeatWish wish, Actor actor, CancellationToken cancellationToken)
    {
        var unfit = Plan(wish, actor, out var dates);
        var inForce = await RulesAsync(cancellationToken);
        var forecasts = dates.Select(d => Forecast(wish, d, inForce)).ToArray();
        return new RepeatPreview(unfit ?? Unanswered(wish, forecasts, inForce, actor), forecasts);
    }

    /// <inheritdoc/>
    public async Task<RepeatResult> StartAsync(RepeatWish wish, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        var id = DerivedIds.Of(operationId, "repeat");
        var asked = wish with { Accounts = [.. wish.Accounts.Distinct().Order()] };
        var unfit = Plan(asked, actor, out var dates);
        var inForce = await RulesAsync(cancellationToken);
        if ((unfit ?? Unanswered(asked, dates.Select(d => Forecast(asked, d, inForce)), inForce, actor)) is { } refusal)
        {
            // A repeat of what took is answered with it, though its first date may have passed since.
            return await store.FindAsync(id, cancellationToken) is { } former && string.Equals(former.OwnerId, actor.Id, StringComparison.Ordinal) && Same(former.Wish, asked)
                ? new RepeatResult(null, former)
                : new RepeatResult(refusal, null);
        }

        return await store.StartAsync(id, asked, dates, actor, cancellationToken) switch
        {
            RepeatAnswer.Started => new RepeatResult(null, await store.FindAsync(id, cancellationToken)),
            RepeatAnswer.TooMany => new RepeatResult(
                new Refusal("repeats-too-many", $"{actor.Name} has {RepeatRules.MostActive} repeats that go on, and more do not fit. Nothing was started. Stop some.", RefusalKind.Conflict), null),
            _ => new RepeatResult(
                new Refusal("operation-reused", "This operation id was used before with other content. Nothing was started. Use a new Idempotency-Key for a new wish.", RefusalKind.Conflict), null),
        };
    }

    /// <inheritdoc/>
    public async Task<RepeatResult> StopAsync(Guid id, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } repeat)
        {
            return new RepeatResult(NotThere(id), null);
        }

        if (!MayStop(repeat, actor))
        {
            return new RepeatResult(
                new Refusal("forbidden", $"{actor.Name} may not stop this repeat. Nothing was changed. Who may: {repeat.OwnerName}, who started it, Comms, and whoever may publish on all of its accounts.", RefusalKind.Forbidden), null);
        }

        if (PostRules.CheckReason(reason, "Stopping a repeat needs a reason. Nothing was stopped. Say why in a few words; those whose posts are taken back read it.") is { } unfit)
        {
            return new RepeatResult(unfit, null);
        }

        await store.EndAsync(id, RepeatState.Stopped, reason, actor, cancellationToken);
        return new RepeatResult(null, await store.FindAsync(id, cancellationToken));
    }

    /// <inheritdoc/>
    public bool MayStop(Repeat repeat, Actor actor) =>
        string.Equals(repeat.OwnerId, actor.Id, StringComparison.Ordinal)
        || actor.May(Permission.HandBack)
        || repeat.Wish.Accounts.All(a => RepeatRules.MayPublish(a, LabelsOf(a), actor));

    /// <inheritdoc/>
    public Task<Repeat?> FindAsync(Guid id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<RepeatRow>> ListAsync(string? ownerId, int limit, string? cursor, CancellationToken cancellationToken) => store.ListAsync(ownerId, limit, cursor, cancellationToken);

    private static Refusal NotThere(Guid id) => new("repeat-unknown", $"There is no repeat '{id}'. Nothing was changed. GET /api/repeats lists them.", RefusalKind.NotFound);

    private static RepeatForecast Forecast(RepeatWish wish, WallTime when, PublishingRules inForce)
    {
        var holiday = BankHolidays.Of(DateOnly.FromDateTime(when.Local));
        return new RepeatForecast(when, holiday, holiday is not null && wish.SkipHolidays, new ContentLook(inForce, []).At(when.At, wish.About, DateTimeOffset.MinValue).Found.Count > 0);
    }

    private static bool Same(RepeatWish one, RepeatWish other) => string.Equals(
        System.Text.Json.JsonSerializer.Serialize(one, Storage.StorageJson.Options), System.Text.Json.JsonSerializer.Serialize(other, Storage.StorageJson.Options), StringComparison.Ordinal);

    // The dates are given as far as they go, also when the wish is refused: whoever asks sees what is too much.
    private Refusal? Plan(RepeatWish wish, Actor actor, out IReadOnlyList<WallTime> dates)
    {
        dates = [];
        if (!WallClock.TryFindZone(wish.Zone, out var zone))
        {
            return new Refusal("zone-unknown", $"There is no time zone '{StorableText.Clean(wish.Zone, 60)}'. Nothing was started. Zones have names like Europe/London.");
        }

        var now = time.GetUtcNow();
        if (RepeatRule.Read(wish.Rule, zone, out var rule) is { } unfit)
        {
            return unfit;
        }

        var furthest = TimeZoneInfo.ConvertTime(now + RepeatRules.Furthest, zone).DateTime;
        if (WallClock.At(wish.First, zone).At is var first && (first > now + RepeatRules.Furthest || first <= now - RepeatRules.Furthest))
        {
            return new Refusal("repeat-too-far", "The first date is more than two years from now. Nothing was started. Begin with a nearer one.");
        }

        if (RepeatExpander.Expand(rule!, wish.First, furthest, out var locals) is { } malformed)
        {
            return malformed;
        }

        var apart = RepeatRules.Apart(locals, zone);
        dates = [.. apart.Select(d => WallClock.At(d, zone))];
        return RepeatRules.CheckDates(apart, wish, zone, now) ?? RepeatRules.Check(wish, LabelsOf, actor) ?? NotConnected(wish);
    }

    private Refusal? NotConnected(RepeatWish wish) =>
        wish.Accounts.Where(a => board.Accounts[a].Summary.Lifecycle != AccountLifecycle.Connected).Select(a => a.Value).FirstOrDefault() is { } away
            ? new Refusal("account-not-connected", $"The account {away} is not connected to its platform. Nothing was started. Leave it out, or ask Comms to connect it.", RefusalKind.Conflict)
            : null;

    // What each account would refuse for want of a reason, it would refuse at every date; and what lies in the quiet hours at each that does.
    private Refusal? Unanswered(RepeatWish wish, IEnumerable<RepeatForecast> dates, PublishingRules inForce, Actor actor)
    {
        var look = new ContentLook(inForce, ContentLooks.Of(wish.Text, facts));
        look = dates.FirstOrDefault(d => d is { Quiet: true, LeftOut: false }) is { } quiet ? look.At(quiet.When.At, wish.About, DateTimeOffset.MinValue) : look;
        return wish.Accounts.Select(a => ReviewRules.Look(a, LabelsOf(a)!, wish.About ?? PostAbout.Nothing, look, actor)).FirstOrDefault(v => v.Unanswered.Count > 0) is { } asked
            ? new Refusal("reason-needed", $"The text asks for a reason. {string.Join(" ", asked.Unanswered.Select(f => $"{f.Title} ({f.Rule}): {f.Asks}"))} Nothing was started. Change the text or the times, or say why it may go out all the same.")
            : null;
    }

    private async Task<PublishingRules> RulesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await rules.ReadAsync(cancellationToken)).Rules;
        }
        catch (Exception away) when (away is DbException or TimeoutException)
        {
            throw new StoreUnavailableException("The database does not answer, so the repeat was not started. Nothing was changed. Try again.", away);
        }
    }

    private AccountLabels? LabelsOf(AccountKey key) => board.Accounts.TryGetValue(key, out var row) ? row.Summary.Labels : null;
}
