using System.Data;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;
using Npgsql;
using NpgsqlTypes;

namespace Coordination.Storage.Fence;

/// <content>How holds end, and when they are looked at again.</content>
public sealed partial class FenceClient
{
    private const string LiftSql = "select (to_jsonb(lifted) - 'in_flight')::text, answer, wait_for_standby() from lift_hold($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    private const string DeclineSql = "select (to_jsonb(h) - 'in_flight')::text, wait_for_standby() from decline_lift($1, $2, $3, $4, $5, $6) h";
    private const string ReviewSql = "select (to_jsonb(h) - 'in_flight')::text, wait_for_standby() from review_hold($1, $2, $3, $4, $5, $6, $7) h";

    /// <inheritdoc/>
    public async Task<FenceAnswer<LiftAnswer>> LiftHoldAsync(LiftHoldOrder order, TimeSpan patience, CancellationToken cancellationToken)
    {
        var answer = await UntilKnownAsync(
            order.OperationId,
            patience,
            async call =>
            {
                call.Add(order.OperationId).Add(order.HoldId).Add(order.Reason, NpgsqlDbType.Text);
                Add(call, order.Actor).Add(order.Actor.May(Permission.LiftHold)).Add(order.Actor.May(Permission.ConfirmLift)).Add(order.Confirms, NpgsqlDbType.Bigint);
                return await call.ReadAsync(reader => new Lifting(HoldRows.Parse(reader.GetString(0)), reader.GetString(1)), CancellationToken.None);
            },
            LiftSql,
            cancellationToken);
        return answer switch
        {
            // The request that it met has ended by this order: committed, and a refusal all the same.
            FenceAnswer<Lifting>.Took { Result.Answer: "lapsed" } => new FenceAnswer<LiftAnswer>.Refused(FenceRefusals.AskLapsed),
            FenceAnswer<Lifting>.Took took => new FenceAnswer<LiftAnswer>.Took(new LiftAnswer(took.Result.Hold, OutcomeOf(took.Result.Answer))),
            FenceAnswer<Lifting>.Refused refused => new FenceAnswer<LiftAnswer>.Refused(refused.Why),
            FenceAnswer<Lifting>.Unreachable away => new FenceAnswer<LiftAnswer>.Unreachable(away.Why),
            FenceAnswer<Lifting>.NotKnownYet open => new FenceAnswer<LiftAnswer>.NotKnownYet(open.OperationId, open.Why),
            _ => throw new InvalidOperationException($"No rule for the fence's answer {answer.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public Task<FenceAnswer<Hold>> DeclineLiftAsync(DeclineLiftOrder order, TimeSpan patience, CancellationToken cancellationToken) => UntilKnownAsync(
        order.OperationId,
        patience,
        call => Add(call.Add(order.OperationId).Add(order.HoldId).Add(order.Reason), order.Actor)
            .ReadAsync(reader => HoldRows.Parse(reader.GetString(0)), CancellationToken.None),
        DeclineSql,
        cancellationToken);

    /// <inheritdoc/>
    public Task<FenceAnswer<Hold>> MoveReviewAsync(MoveReviewOrder order, TimeSpan patience, CancellationToken cancellationToken) => UntilKnownAsync(
        order.OperationId,
        patience,
        call => Add(call.Add(order.OperationId).Add(order.HoldId).Add(order.ReviewAt, NpgsqlDbType.TimestampTz).Add(order.Reason, NpgsqlDbType.Text), order.Actor)
            .ReadAsync(reader => HoldRows.Parse(reader.GetString(0)), CancellationToken.None),
        ReviewSql,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> EndDueHoldsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select end_due_holds()", connection);
        return (string[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static FenceCall Add(FenceCall call, Actor actor) => call.Add(actor.Id).Add(actor.Name).Add(actor.Role.Id());

    private static LiftOutcome OutcomeOf(string answer) => answer switch
    {
        "lifted" => LiftOutcome.Lifted,
        "already" => LiftOutcome.AlreadyLifted,
        "awaiting" => LiftOutcome.Awaiting,
        _ => throw new DataException($"The fence answered '{answer}'."),
    };

    private sealed record Lifting(Hold Hold, string Answer);
}
