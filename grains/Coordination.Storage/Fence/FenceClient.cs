using System.Data;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Storage.ReadModel;
using Npgsql;
using NpgsqlTypes;

namespace Coordination.Storage.Fence;

/// <summary>Calls the fence's functions over its own pool.</summary>
/// <param name="database">The pools.</param>
/// <param name="time">Measures patience.</param>
public sealed partial class FenceClient(CoordinationDatabase database, TimeProvider time) : IFence, IDisposable
{
    /// <summary>How long a permit lives; a call that has not begun by then is thrown away (FENCE.md rule 9).</summary>
    public static readonly TimeSpan PermitLifetime = TimeSpan.FromSeconds(10);

    private const string TakePermitSql =
        "select answer, permit_id, token, seq, hold_ids, wait from take_permit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    // An order's answer waits for the standby even when it finds the order carried out and writes nothing.
    private const string PlaceSql =
        "select (to_jsonb(placed) - 'in_flight')::text, in_flight::text, repeated, wait_for_standby() from place_hold($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // A permit may wait seconds for an account's row. Permits never have the pool's last connections: those are for holds.
    private readonly SemaphoreSlim _permits = new(database.PermitsAtOnce);

    /// <inheritdoc/>
    public async Task<PermitAnswer> TakePermitAsync(PermitWish wish, CancellationToken cancellationToken)
    {
        var entered = false;
        try
        {
            await _permits.WaitAsync(cancellationToken);
            entered = true;
            await using var call = await FenceCall.OpenAsync(database.Fence, TakePermitSql, cancellationToken);
            call.Add(wish.Account.Value).Add(wish.PostId).Add(wish.Part).Add(wish.Action).Add(wish.Attempt).Add(wish.PosterId)
                .Add(wish.Revision).Add(wish.StateVersion).Add(PermitLifetime).Add(wish.KeyLifetime, NpgsqlDbType.Interval);
            return await call.ReadAsync(ReadPermit, cancellationToken) ?? new PermitAnswer.Unavailable("The commit was not confirmed.");
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            return new PermitAnswer.Unavailable(exception.Message);
        }
        finally
        {
            if (entered)
            {
                _permits.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _permits.Dispose();

    /// <inheritdoc/>
    public Task<FenceAnswer<PlacedHold>> PlaceHoldAsync(PlaceHoldOrder order, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var scope = JsonSerializer.Serialize(order.Scope, StorageJson.Options);
        string?[] wish = [order.Kind.Id(), scope, order.Reason, order.Actor.Id, order.Incident, order.ReviewAt?.ToString("O"), order.Rule];

        // An order of the version before, repeated now, is still the same order.
        var fingerprint = Fingerprint(order.EndsAt is { } end ? [.. wish, end.ToString("O")] : wish);
        return UntilKnownAsync(
            order.OperationId,
            patience,
            async call =>
            {
                call.Add(order.OperationId).Add(fingerprint).Add(order.Kind.Id()).Add(scope, NpgsqlDbType.Jsonb).Add(order.Reason)
                    .Add(order.Actor.Id).Add(order.Actor.Name).Add(Domain.People.Roles.Id(order.Actor.Role)).Add(order.NamedPosters.ToArray())
                    .Add(order.Incident, NpgsqlDbType.Text).Add(order.ReviewAt, NpgsqlDbType.TimestampTz).Add(order.Rule, NpgsqlDbType.Text)
                    .Add(order.EndsAt, NpgsqlDbType.TimestampTz).Add(order.LiftNeedsSecond);
                return await call.ReadAsync(
                    reader => new PlacedHold(
                        HoldRows.Parse(reader.GetString(0)), HoldRows.ParseInFlight(reader.GetString(1)), Stopwatch.GetElapsedTime(started), reader.GetBoolean(2)),
                    CancellationToken.None);
            },
            PlaceSql,
            cancellationToken);
    }

    // Rule 6: what is not known is asked again under the same operation id, because looking tells nothing: the backend
    // may still commit. Once one call's end is in doubt, no later call's failure settles it.
    private async Task<FenceAnswer<T>> UntilKnownAsync<T>(
        Guid operation, TimeSpan patience, Func<FenceCall, Task<T?>> ask, string sql, CancellationToken cancellationToken)
        where T : class
    {
        var started = time.GetTimestamp();
        var inDoubt = false;
        while (true)
        {
            string why;
            var sent = false;
            try
            {
                await using var call = await FenceCall.OpenAsync(database.Fence, sql, cancellationToken);
                sent = true;
                if (await ask(call) is { } result)
                {
                    return new FenceAnswer<T>.Took(result);
                }

                inDoubt = true;
                why = "The server warned while committing.";
            }
            catch (PostgresException exception) when (FenceRefusals.Find(exception) is { } refusal)
            {
                return new FenceAnswer<T>.Refused(refusal);
            }
            catch (PostgresException exception) when (sent && !inDoubt && FenceRefusals.IsForGood(exception))
            {
                return new FenceAnswer<T>.Refused(FenceRefusals.OfTheDatabase(exception));
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException or InvalidOperationException)
            {
                inDoubt |= sent && !FenceRefusals.RolledBack(exception);
                why = exception.Message;
            }

            if (time.GetElapsedTime(started) >= patience || cancellationToken.IsCancellationRequested)
            {
                return inDoubt ? new FenceAnswer<T>.NotKnownYet(operation, why) : new FenceAnswer<T>.Unreachable(why);
            }

            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }

    private static PermitAnswer ReadPermit(NpgsqlDataReader reader) => reader.GetString(0) switch
    {
        "issued" => new PermitAnswer.Issued(reader.GetGuid(1), reader.GetGuid(2), reader.GetInt64(3), PermitLifetime),
        "held" => new PermitAnswer.Held(reader.GetFieldValue<string[]>(4)),
        "missed" => new PermitAnswer.Missed(),
        "gone" => new PermitAnswer.Gone(),
        "early" => new PermitAnswer.TooEarly(reader.GetTimeSpan(5)),
        "taken" => new PermitAnswer.Taken(),
        "stale" => new PermitAnswer.Stale(),
        var other => throw new DataException($"The fence answered '{other}'."),
    };

    private static byte[] Fingerprint(params string?[] parts) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts)));
}
