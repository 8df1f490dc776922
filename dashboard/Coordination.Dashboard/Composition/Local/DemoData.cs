using System.Text.Json;
using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.People;
using Coordination.Storage.People;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Register;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>Fills a local start with the demo register and staff, and makes their accounts known to the sandbox. Safe to repeat.</summary>
internal sealed class DemoData(IServiceProvider services, LocalStack stack)
{
    private const int AtOnce = 8;
    private const int Tries = 20;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Demo");

    /// <summary>Does all of it.</summary>
    /// <exception cref="LocalStartException">A demo file is wrong, or the sandbox refused.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await WriteStaffAsync(cancellationToken);
        var register = await ReadAsync(cancellationToken);
        await TellSandboxAsync(register, cancellationToken);
        await RegisterAsync(register, cancellationToken);
    }

    private async Task WriteStaffAsync(CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IStaffStore>();
        // Who was changed on the pages stays as they are.
        var known = (await store.AllAsync(cancellationToken)).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        await store.SaveAsync([.. DemoStaff.All.Where(s => !known.Contains(s.Id))], cancellationToken);
        if (await StillGoodAsync(store, cancellationToken))
        {
            return;
        }

        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in Roles.People)
        {
            var person = DemoStaff.All.First(s => s.Role == role);
            var token = LocalSecrets.New();
            await store.SetTokenAsync(person.Id, "demo", token, cancellationToken);
            tokens[role.Id()] = token;
        }

        await LocalSecrets.WriteAsync(stack.TokensFile, JsonSerializer.Serialize(tokens, Indented));
    }

    // Tokens outlive a restart: whoever uses the API from a script keeps working.
    private async Task<bool> StillGoodAsync(IStaffStore store, CancellationToken cancellationToken)
    {
        if (!File.Exists(stack.TokensFile))
        {
            return false;
        }

        try
        {
            var tokens = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(stack.TokensFile, cancellationToken)) ?? [];
            foreach (var role in Roles.People)
            {
                if (!tokens.TryGetValue(role.Id(), out var token) || (await store.FindByTokenAsync(token, cancellationToken))?.Role != role)
                {
                    return false;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return true;
    }

    private async Task<IReadOnlyList<RegisterRow>> ReadAsync(CancellationToken cancellationToken) => Accepted(
        RegisterFile.Read(await File.ReadAllBytesAsync(Path.Combine(Folder, "accounts.csv"), cancellationToken), services.GetRequiredService<BrigadeMap>()), "register");

    private static T Accepted<T>(RegisterReading<T> reading, string what) => reading switch
    {
        RegisterReading<T>.Accepted accepted => accepted.Content,
        RegisterReading<T>.Refused refused => throw new LocalStartException($"The demo {what} is wrong: " + string.Join("; ", refused.Faults.Select(f => f.Words))),
        _ => throw new LocalStartException($"The demo {what} could not be read."),
    };

    private async Task TellSandboxAsync(IReadOnlyList<RegisterRow> register, CancellationToken cancellationToken)
    {
        if (services.GetService<SandboxAccounts>() is not { } sandbox)
        {
            return;
        }

        // It has just been started, and a busy machine may let it answer too late; what it knows already stays as it is.
        for (var left = Tries; await sandbox.TellAsync([.. register.Select(r => (r.Key, r.DisplayName))], cancellationToken) is { } refused; left--)
        {
            if (left == 0)
            {
                throw new LocalStartException($"The sandbox refused the demo accounts: {refused}");
            }

            await Task.Delay(BetweenTries, cancellationToken);
        }
    }

    // Registering is Comms' approval; the sandbox knows these accounts, so they are connected, too.
    private async Task RegisterAsync(IReadOnlyList<RegisterRow> register, CancellationToken cancellationToken)
    {
        var known = (await services.GetRequiredService<IAccountReader>().ReadAsync([.. register.Select(r => r.Key.Value)], cancellationToken))
            .ToDictionary(summary => summary.Key, summary => summary.Lifecycle);
        var grains = services.GetRequiredService<IGrainFactory>();
        await Parallel.ForEachAsync(
            register.Where(r => known.GetValueOrDefault(r.Key) is AccountLifecycle.None or AccountLifecycle.Approved),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (row, _) =>
            {
                var grain = grains.GetGrain<IAccountGrain>(GrainKeys.Of(row.Key));
                if (!known.ContainsKey(row.Key))
                {
                    await AskAsync(row.Key, context => grain.Register(new RegisterAccount(row.Key, row.Labels, row.DisplayName, row.Contact), context), cancellationToken);
                }

                await AskAsync(row.Key, context => grain.Manage(new ConnectAccount(), context), cancellationToken);
            });
    }

    // A busy machine may not confirm the first try in time; the same operation id makes a second one safe.
    private static async Task AskAsync(AccountKey account, Func<CommandContext, Task<CommandAnswer>> command, CancellationToken cancellationToken)
    {
        var context = new CommandContext(Guid.CreateVersion7(), Actor.System);
        Check(account, await UntilKnown.AskAsync(() => command(context), Tries, BetweenTries, cancellationToken));
    }

    private static void Check(AccountKey account, CommandAnswer answer)
    {
        if (answer.Outcome == CommandOutcome.Refused)
        {
            throw new LocalStartException($"The demo account {account} was refused: {answer.Refusal?.Reason}");
        }
    }
}
