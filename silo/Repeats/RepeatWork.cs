using System.Collections.Concurrent;
using Coordination.Contracts;
using Coordination.Domain.People;
using Coordination.Domain.Schedule;
using Coordination.Storage.People;
using Coordination.Storage.Repeats;

namespace Coordination.Silo.Repeats;

/// <summary>What is to be done for one repeat. Everything in it may be done twice, by two silos at once, or left half done: ids follow from the repeat, and an account does each once.</summary>
internal sealed partial class RepeatWork(IRepeatStore store, IStaffStore staff, IGrainFactory grains, TimeProvider time, ILogger<RepeatWork> logger)
{
    private const int AtOnce = 4;

    /// <summary>Does it.</summary>
    public async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } repeat)
        {
            return;
        }

        var outcomes = repeat.State switch
        {
            RepeatState.Active => await MakeAsync(repeat, cancellationToken),
            RepeatState.Stopped => await TakeBackAsync(repeat, cancellationToken),
            _ => [],
        };
        await store.RecordAsync(id, repeat.State, outcomes, cancellationToken);
    }

    private async Task<IReadOnlyList<RepeatOutcome>> MakeAsync(Repeat repeat, CancellationToken cancellationToken)
    {
        // Their rights as they are now, not as they were when the repeat was started.
        var owner = await staff.FindAsync(repeat.OwnerId, cancellationToken);
        if (Lost(repeat, owner) is { } why)
        {
            await store.EndAsync(repeat.Id, RepeatState.Halted, why, Actor.System, cancellationToken);
            return [];
        }

        if (!WallClock.TryFindZone(repeat.Wish.Zone, out var zone))
        {
            await store.EndAsync(repeat.Id, RepeatState.Halted, $"This host does not know the time zone {repeat.Wish.Zone} any more.", Actor.System, cancellationToken);
            return [];
        }

        var now = time.GetUtcNow();
        var turns = repeat.Dates.Where(d => d.State is RepeatDateState.Planned or RepeatDateState.Refused)
            .Select(d => (Date: d, Turn: RepeatRules.Turn(d.Local, repeat.Wish, zone, now))).ToArray();
        var outcomes = new ConcurrentBag<RepeatOutcome>();
        var wanted = new List<(RepeatDate Date, DateTimeOffset At)>();
        foreach (var (date, turn) in turns)
        {
            switch (turn)
            {
                // A post that may have been made by somebody who died before saying so is asked for again: then the account knows.
                case RepeatTurn.LeaveOut { State: RepeatDateState.Skipped } when date is { Tried: true, State: RepeatDateState.Planned }:
                    wanted.Add((date, date.DueAt));
                    break;
                case RepeatTurn.LeaveOut { State: RepeatDateState.Skipped } when date is { State: RepeatDateState.Refused, Why: { } refused }:
                    outcomes.Add(new RepeatOutcome(date.Account, date.Local, RepeatDateState.Skipped, $"The account refused it until its time had passed. {refused}"));
                    break;
                case RepeatTurn.LeaveOut left:
                    outcomes.Add(new RepeatOutcome(date.Account, date.Local, left.State, left.Why));
                    break;
                case RepeatTurn.Make make:
                    wanted.Add((date, make.At));
                    break;
            }
        }

        if (wanted.Count > 0 && await store.TryAsync(repeat.Id, [.. wanted.Select(w => w.Date.PostId.Value)], cancellationToken))
        {
            await Parallel.ForEachAsync(wanted, Options(cancellationToken), async (wish, _) =>
            {
                if (await MakeAsync(repeat, owner!.AsActor(), wish.Date, wish.At) is { } outcome)
                {
                    outcomes.Add(outcome);
                }
            });
        }

        return [.. outcomes];
    }

    private async Task<RepeatOutcome?> MakeAsync(Repeat repeat, Actor owner, RepeatDate date, DateTimeOffset at)
    {
        try
        {
            var post = new NewPost(date.PostId, repeat.Wish.Text, at, repeat.Wish.Tolerance, RepeatIds.Message(repeat.Id, date.Local), repeat.Wish.About);
            var answer = await grains.GetGrain<IAccountGrain>(GrainKeys.Of(date.Account))
                .Schedule(post, new CommandContext(RepeatIds.Making(repeat.Id, date.Local, date.Account), owner));
            return answer.Refusal switch
            {
                null => new RepeatOutcome(date.Account, date.Local, RepeatDateState.Made),
                { Code: "time-in-past" } late => new RepeatOutcome(date.Account, date.Local, RepeatDateState.Skipped, late.Reason),
                var refusal => new RepeatOutcome(date.Account, date.Local, RepeatDateState.Refused, refusal.Reason),
            };
        }
        catch (Exception exception)
        {
            // Not known: it is asked again, and a post is made once.
            NotAnswered(logger, date.Account.Value, repeat.Id, exception.Message);
            return null;
        }
    }

    private async Task<IReadOnlyList<RepeatOutcome>> TakeBackAsync(Repeat repeat, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var open = repeat.Dates.Where(d => d.Tried && d.DueAt > now && d.State is RepeatDateState.Planned or RepeatDateState.Refused or RepeatDateState.Made).ToArray();
        var person = await staff.FindAsync(repeat.EndedById ?? "", cancellationToken);
        if (person is not { Active: true } || !(MayPublish(person.AsActor()) || person.AsActor().May(Permission.HandBack)))
        {
            return [.. open.Where(d => d.State == RepeatDateState.Made).Select(d => new RepeatOutcome(
                d.Account, d.Local, RepeatDateState.Kept, $"{repeat.EndedByName} stopped the repeat and may not take posts back any more."))];
        }

        var outcomes = new ConcurrentBag<RepeatOutcome>();
        await Parallel.ForEachAsync(open, Options(cancellationToken), async (date, _) =>
        {
            if (await TakeBackAsync(repeat, person.AsActor(), date) is { } outcome)
            {
                outcomes.Add(outcome);
            }
        });
        return [.. outcomes];
    }

    private async Task<RepeatOutcome?> TakeBackAsync(Repeat repeat, Actor person, RepeatDate date)
    {
        try
        {
            var answer = await grains.GetGrain<IAccountGrain>(GrainKeys.Of(date.Account)).Withdraw(
                date.PostId, 1, $"The repeat was stopped: {repeat.Why}", new CommandContext(RepeatIds.TakingBack(repeat.Id, date.Local, date.Account), person));
            return answer.Refusal switch
            {
                null => new RepeatOutcome(date.Account, date.Local, RepeatDateState.TakenBack),
                { Code: "post-changed" } => new RepeatOutcome(date.Account, date.Local, RepeatDateState.Kept, "Somebody has changed this post since it was made, so it stays. Take it back by itself if it should not go out."),

                // On the wire, or not there yet: looked at again until its time.
                { Code: "already-being-sent" } => null,
                { Code: "post-unknown" } when date.State != RepeatDateState.Made => null,
                { Code: "post-unknown" } => new RepeatOutcome(date.Account, date.Local, RepeatDateState.Kept, "It cannot be taken back any more: it is out, or was taken back before."),
                var refusal => new RepeatOutcome(date.Account, date.Local, RepeatDateState.Kept, refusal.Reason),
            };
        }
        catch (Exception exception)
        {
            NotAnswered(logger, date.Account.Value, repeat.Id, exception.Message);
            return null;
        }
    }

    private static string? Lost(Repeat repeat, StaffMember? owner) => owner switch
    {
        not { Active: true } => $"{repeat.OwnerName} is not on the active staff any more, so nothing more is made. What is in the calendar stays. Stop the repeat to take it back, or let somebody else start one.",
        { } present when !MayPublish(present.AsActor()) =>
            $"{repeat.OwnerName} may not publish any more, so nothing more is made. What is in the calendar stays. Stop the repeat to take it back, or let somebody else start one.",
        _ => null,
    };

    private static bool MayPublish(Actor actor) => actor.May(Permission.PublishLocal) || actor.May(Permission.PublishCorporate);

    private static ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

    [LoggerMessage(LogLevel.Warning, "The account {Account} did not answer about the repeat {Repeat}; it is asked again. {Why}")]
    private static partial void NotAnswered(ILogger logger, string account, Guid repeat, string why);
}
