using Coordination.Domain.Posts;
using Dapper;

namespace Coordination.Storage.Exercises;

/// <inheritdoc cref="IExerciseQueue"/>
public sealed class ExerciseQueue(CoordinationDatabase database) : IExerciseQueue
{
    private const int LongestError = 500;

    /// <inheritdoc/>
    public async Task<ClaimedLine?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        var mine = Guid.NewGuid();
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var line = await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition("select claim_exercise_line(@mine, @lease)", new { mine, lease }, cancellationToken: cancellationToken));
        return line is { } id ? new ClaimedLine(id, mine) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DueStandIn>> DueAsync(ClaimedLine line, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DueStandIn>(new CommandDefinition(
            "select account, name, words, key, attempts from due_stand_ins(@Id, @Lease, @most)", new { line.Id, line.Lease, most }, cancellationToken: cancellationToken))).AsList();
    }

    /// <inheritdoc/>
    public async Task<StandInState?> SettleAsync(ClaimedLine line, string account, StandInResult result, TimeSpan lease, CancellationToken cancellationToken)
    {
        var (outcome, address, error, wait) = result switch
        {
            StandInResult.Out done => ("out", done.Address, null, null),
            StandInResult.Later later => ("later", null, later.Why, later.Wait),
            StandInResult.Failed failed => ("failed", (string?)null, (string?)failed.Why, (TimeSpan?)null),
            _ => throw new InvalidOperationException($"No rule for {result.GetType().Name}."),
        };
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var state = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select settle_stand_in(@Id, @account, @Lease, @outcome, @address, @error, @wait::interval, @goesOn)",
            new { line.Id, account, line.Lease, outcome, address, error = error is null ? null : StorableText.Clean(error, LongestError), wait, goesOn = lease },
            cancellationToken: cancellationToken));
        return state is null ? null : Enum.Parse<StandInState>(state, ignoreCase: true);
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(ClaimedLine line, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("select release_exercise_line(@Id, @Lease)", new { line.Id, line.Lease }, cancellationToken: cancellationToken));
    }
}
