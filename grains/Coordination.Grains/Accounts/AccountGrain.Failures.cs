using Coordination.Contracts;
using Coordination.Domain;
using Coordination.Domain.Posts;
using Coordination.Storage.Accounts;
using Coordination.Storage.Fence;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Storage;

namespace Coordination.Grains.Accounts;

/// <content>What a lost commit means, and how a repeat is told from a first time.</content>
public sealed partial class AccountGrain
{
    // commit_account, FENCE.md rule 10.
    private const string PermitCannotClose = "WM010";

    private async Task<CommandAnswer> ExplainAsync(Exception lost, Operation? operation, PostId? post)
    {
        switch (lost)
        {
            case PostgresException refused when FenceRefusals.Find(refused) is { } refusal:
                return new CommandAnswer(CommandOutcome.Refused, 0, refusal);
            case PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } when operation is not null && await RepeatedAsync(operation, post) is { } repeated:
                return repeated;
            case PostgresException { SqlState: PermitCannotClose }:
                return new CommandAnswer(CommandOutcome.Refused, 0, new Refusal(
                    "permit-closed", "The permit of this report was closed otherwise before. Nothing was changed.", RefusalKind.Conflict));
            case PostgresException { SqlState: ['2', '2', ..] } unfit:
                LostCommit(logger, unfit, Key.Value);
                return new CommandAnswer(CommandOutcome.Refused, 0, new Refusal(
                    "not-storable", $"The database cannot keep what was given for {Key}. Nothing was changed. Look for odd characters or numbers in it."));
            case InconsistentStateException:
                LostRace(logger, Key.Value);
                throw new StoreUnavailableException($"The account {Key} was changed elsewhere in the same moment. Repeat the command with the same operation id.");
            default:
                LostCommit(logger, lost, Key.Value);
                throw new StoreUnavailableException(
                    $"The database did not confirm the change to {Key}. It may or may not have taken. Repeat the command with the same operation id: it is never done twice.");
        }
    }

    private async Task<CommandAnswer?> RepeatedAsync(Operation operation, PostId? post)
    {
        byte[]? fingerprint;
        try
        {
            fingerprint = await committer.FindOperationAsync(operation.Id, CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            throw new StoreUnavailableException($"The database does not answer; the account {Key} is unchanged as far as is known. Try again.", exception);
        }

        if (fingerprint is null)
        {
            return null;
        }

        await ReloadAsync();

        return fingerprint.AsSpan().SequenceEqual(operation.Fingerprint)
            ? new CommandAnswer(CommandOutcome.AlreadyDone, Version, Post: Find(post))
            : new CommandAnswer(CommandOutcome.Refused, Version, new Refusal(
                "operation-reused", "This operation id was used before with other content. Nothing was changed. Use a new Idempotency-Key for a new wish.", RefusalKind.Conflict));
    }

    // A person is told so only when no failover can undo what another had done before.
    private async Task<CommandAnswer> AlreadyDoneAsync(Operation? operation, PostId? post)
    {
        try
        {
            await (operation is null ? Task.CompletedTask : committer.WaitAsync(CancellationToken.None));
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            throw new StoreUnavailableException($"The database did not confirm what it says about {Key}. Repeat the command with the same operation id.", exception);
        }

        return new CommandAnswer(CommandOutcome.AlreadyDone, Version, Post: Find(post));
    }

    // After a rollback this memory holds what never was; a repeat is answered from the database's truth.
    private async Task ReloadAsync()
    {
        try
        {
            await state.ReadStateAsync();
        }
        catch (Exception exception) when (exception is not InconsistentStateException)
        {
            throw new StoreUnavailableException($"The database does not answer; what became of {Key} is not known. Repeat the command with the same operation id.", exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Another activation of {Account} was faster; this one ends.")]
    private static partial void LostRace(ILogger logger, string account);

    [LoggerMessage(LogLevel.Error, "The commit on {Account} was not confirmed; the activation ends and reads the database again.")]
    private static partial void LostCommit(ILogger logger, Exception exception, string account);
}
