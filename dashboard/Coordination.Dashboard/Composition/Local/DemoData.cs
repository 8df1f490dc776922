using System.Net.Http.Headers;
using System.Text.Json;
using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.People;
using Coordination.Silo.Publishing;
using Coordination.Storage.People;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Register;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>Fills a local start with the demo register and staff, and makes their accounts known to the sandbox. Safe to repeat.</summary>
internal sealed class DemoData(IServiceProvider services, LocalStack stack)
{
    private const int AtOnce = 8;
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
        await store.SaveAsync(DemoStaff.All, cancellationToken);
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

    private static async Task<IReadOnlyList<RegisterRow>> ReadAsync(CancellationToken cancellationToken)
    {
        var stations = await File.ReadAllBytesAsync(Path.Combine(Folder, "stations.csv"), cancellationToken);
        var departments = await File.ReadAllBytesAsync(Path.Combine(Folder, "departments.csv"), cancellationToken);
        var map = Accepted<BrigadeMap>(BrigadeMapFile.Read(stations, departments), "map");
        return Accepted(RegisterFile.Read(await File.ReadAllBytesAsync(Path.Combine(Folder, "accounts.csv"), cancellationToken), map), "register");
    }

    private static T Accepted<T>(RegisterReading<T> reading, string what) => reading switch
    {
        RegisterReading<T>.Accepted accepted => accepted.Content,
        RegisterReading<T>.Refused refused => throw new LocalStartException($"The demo {what} is wrong: " + string.Join("; ", refused.Faults.Select(f => f.Words))),
        _ => throw new LocalStartException($"The demo {what} could not be read."),
    };

    private async Task TellSandboxAsync(IReadOnlyList<RegisterRow> register, CancellationToken cancellationToken)
    {
        if (stack.Sandbox is not var (address, adminKey))
        {
            return;
        }

        var keys = services.GetRequiredService<SandboxKey>();
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
        using var answer = await client.PostAsJsonAsync(
            "/sandbox/accounts",
            register.Select(r => new
            {
                username = $"{r.Key.PlatformId}_{r.Key.Handle}",
                displayName = r.DisplayName,
                token = keys.TokenOf(r.Key),
                network = r.Key.Platform.Name,
            }),
            cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new LocalStartException($"The sandbox refused the demo accounts: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private async Task RegisterAsync(IReadOnlyList<RegisterRow> register, CancellationToken cancellationToken)
    {
        var known = await services.GetRequiredService<IAccountReader>().VersionsAsync(cancellationToken);
        var grains = services.GetRequiredService<IGrainFactory>();
        await Parallel.ForEachAsync(
            register.Where(r => !known.ContainsKey(r.Key.Value)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (row, _) =>
            {
                var answer = await grains.GetGrain<IAccountGrain>(GrainKeys.Of(row.Key)).Register(
                    new RegisterAccount(row.Key, row.Labels, row.DisplayName, row.Contact), new CommandContext(Guid.CreateVersion7(), Actor.System));
                if (answer.Outcome == CommandOutcome.Refused)
                {
                    throw new LocalStartException($"The demo account {row.Key} was refused: {answer.Refusal?.Reason}");
                }
            });
    }
}
