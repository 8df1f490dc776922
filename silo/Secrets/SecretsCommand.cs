using System.Globalization;
using System.Security.Cryptography;
using Coordination.Storage;
using Coordination.Storage.Secrets;
using Coordination.Storage.SignIns;
using Npgsql;

namespace Coordination.Silo.Secrets;

/// <summary><c>secrets</c>: which certificate protects the keys and the sign-ins, and how another takes its place.</summary>
internal static class SecretsCommand
{
    /// <summary>The word that asks for it, before any other argument.</summary>
    public const string Word = "secrets";

    private const int Well = 0;
    private const int Unreadable = 1;
    private const int NotDone = 2;

    private const string Usage = """
        Coordination.Silo secrets status | rewrap | new-key
          status   lists the keys in the database with the certificate that encrypts each, and the stored sign-ins that cannot be opened with them
          rewrap   encrypts with Secrets:Certificate every key that a certificate of Secrets:Former encrypts; afterwards the former one is not needed
          new-key  makes a new key and seals every stored sign-in with it; restart all hosts afterwards
        The database is the one of Storage:ConnectionString, the certificates those of section Secrets, as for the hosts. No secret is ever printed.
        Ends with 0 when all is well, 1 when something cannot be opened, 2 when nothing was done. docs/secrets.md says when to use which.
        """;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration)
    {
        if (args is not ["status" or "rewrap" or "new-key"])
        {
            var helped = args.Contains("--help", StringComparer.Ordinal);
            await (helped ? Console.Out : Console.Error).WriteLineAsync(Usage);
            return helped ? Well : NotDone;
        }

        var storage = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        var secrets = configuration.GetSection(SecretsOptions.Section).Get<SecretsOptions>() ?? new SecretsOptions();
        string[] faults = [.. storage.Validate().Concat(secrets.Validate()), .. secrets.IsSet ? Array.Empty<string>() : ["Secrets:Certificate is not set."]];
        if (faults.Length > 0)
        {
            await Console.Error.WriteLineAsync("Nothing was done:\n  " + string.Join("\n  ", faults));
            return NotDone;
        }

        await using var database = new CoordinationDatabase(storage);
        try
        {
            return await RunAsync(args[0], new KeyRingCare(secrets, database, TimeProvider.System), new StoredSignIns(database), new SignInSeal(secrets, database, TimeProvider.System));
        }
        catch (CryptographicException why)
        {
            await Console.Error.WriteLineAsync($"A key can be opened with none of the certificates, so nothing was changed ({why.Message.TrimEnd('.')}). Name the certificate that encrypts it in Secrets:Former.");
            return Unreadable;
        }
        catch (NpgsqlException why)
        {
            await Console.Error.WriteLineAsync($"The database does not answer, so nothing was done: {why.Message}");
            return NotDone;
        }
    }

    private static async Task<int> RunAsync(string what, KeyRingCare care, StoredSignIns stored, SignInSeal seal)
    {
        using var open = seal;
        switch (what)
        {
            case "rewrap":
                var rewrapped = await care.RewrapAsync(CancellationToken.None);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rewrapped} keys encrypted with the current certificate."));
                break;
            case "new-key":
                await care.NewKeyAsync(CancellationToken.None);
                seal.Forget();
                var resealed = await ResealAsync(stored, seal);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A new key is made, and {resealed} sign-ins are sealed with it. Restart all hosts."));
                break;
        }

        return await StatusAsync(care, stored, seal);
    }

    private static async Task<int> StatusAsync(KeyRingCare care, StoredSignIns stored, SignInSeal seal)
    {
        foreach (var key in await care.KeysAsync(CancellationToken.None))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{key.Name}  made {key.MadeAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC  by {(key.ByCurrent ? "the current certificate" : "a FORMER certificate: run secrets rewrap")}"));
        }

        var all = await stored.AllAsync(CancellationToken.None);
        var closed = all.Where(s => !Opens(seal, s)).ToList();
        foreach (var one in closed)
        {
            Console.WriteLine($"CANNOT BE OPENED  {one.Account}: set its sign-in again");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Count} stored sign-ins, {closed.Count} of them cannot be opened."));
        return closed.Count == 0 ? Well : Unreadable;
    }

    private static async Task<int> ResealAsync(StoredSignIns stored, SignInSeal seal)
    {
        var done = 0;
        foreach (var one in await stored.AllAsync(CancellationToken.None))
        {
            if (Opens(seal, one) && await stored.ResealAsync(one.Account, one.Sealed!, seal.Seal(one.Account.Value, seal.Open(one.Account.Value, one.Sealed!)), CancellationToken.None))
            {
                done++;
            }
        }

        return done;
    }

    private static bool Opens(SignInSeal seal, StoredSignIn one)
    {
        try
        {
            _ = seal.Open(one.Account.Value, one.Sealed!);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
