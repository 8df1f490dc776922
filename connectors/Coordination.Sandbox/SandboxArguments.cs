using System.Globalization;

namespace Coordination.Sandbox;

/// <summary>Reads the command line.</summary>
internal static class SandboxArguments
{
    /// <summary>The environment variable that holds the admin key.</summary>
    public const string AdminKeyVariable = "WMFS_SANDBOX_ADMIN_KEY";

    /// <summary>The environment variable that holds the exercise key.</summary>
    public const string ExerciseKeyVariable = "WMFS_SANDBOX_EXERCISE_KEY";

    private const int ShortestKey = 16;

    public const string Help = $"""
        The sandbox network: a small server that speaks Mastodon's client API, below /x/ that of X (v2) and below /threads/v1.0/ that of Threads,
        and shows what was posted.

          --port N            listen on this port of 127.0.0.1; 0 takes a free one (default)
          --urls URL          listen there instead, such as http://127.0.0.1:8090
          --data DIR          keep posts in DIR/sandbox.log (default: ./sandbox-data)
          --accounts FILE     register the accounts in FILE: a JSON list of username, displayName, token, note, network, followers, following
          --max-characters N  longest text (default 63206)
          --rate-limit N      requests for each account in five minutes, 0 for no limit (default 300)
          --delete-limit N    deletions for each account in half an hour, 0 for no limit (default 30)
          --exit-with-parent  end when standard input ends
          --help              this text

        {AdminKeyVariable} in the environment opens /sandbox/accounts, /sandbox/tokens, /sandbox/faults, /sandbox/containers, /sandbox/uploads
        and /sandbox/requests to this machine.
        {ExerciseKeyVariable} opens the exercise network: /exercise to look at, /exercise/api to who has the key.
        """;

    /// <summary>Parses; a fault names what is wrong.</summary>
    public static bool TryParse(IReadOnlyList<string> args, string? adminKey, string? exerciseKey, out SandboxOptions options, out string? fault)
    {
        options = new SandboxOptions { AdminKey = string.IsNullOrWhiteSpace(adminKey) ? null : adminKey, ExerciseKey = string.IsNullOrWhiteSpace(exerciseKey) ? null : exerciseKey };
        fault = options.ExerciseKey is null || options.ExerciseKey.Length >= ShortestKey ? null : $"{ExerciseKeyVariable} needs at least {ShortestKey} characters.";
        if (fault is not null)
        {
            return false;
        }

        for (var i = 0; i < args.Count; i++)
        {
            var (name, inline) = Split(args[i]);
            if (name is "--exit-with-parent" && inline is null)
            {
                options = options with { ExitWithParent = true };
                continue;
            }

            var value = inline ?? (i + 1 < args.Count ? args[++i] : null);
            if (value is null)
            {
                fault = $"{name} needs a value.";
                return false;
            }

            var applied = Apply(options, name, value);
            if (applied is null)
            {
                fault = $"'{name} {value}' is not understood. --help lists what is.";
                return false;
            }

            options = applied;
        }

        return true;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static SandboxOptions? Apply(SandboxOptions options, string name, string value) => name switch
    {
        "--port" when Number(value) is { } port and <= 65535 => options with { Urls = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}") },
        "--urls" => options with { Urls = value },
        "--data" => options with { DataFolder = value },
        "--accounts" => options with { AccountsFile = value },
        "--max-characters" when Number(value) is { } most and > 0 => options with { MaxCharacters = most },
        "--rate-limit" when Number(value) is { } limit => options with { RateLimit = limit },
        "--delete-limit" when Number(value) is { } limit => options with { DeleteLimit = limit },
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
