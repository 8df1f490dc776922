using System.Globalization;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>What <c>./run</c> passes on: one machine, everything on it.</summary>
/// <param name="Port">Port of the dashboard on 127.0.0.1.</param>
/// <param name="Data">Folder that everything is kept in.</param>
/// <param name="Silos">Silos in all; the first lives in this process.</param>
/// <param name="Connection">A PostgreSQL server to use instead of a private one; null for a private one.</param>
/// <param name="Demo">Whether the demo register, demo staff and sandbox network are set up.</param>
public sealed record LocalArguments(int Port, string Data, int Silos, string? Connection, bool Demo)
{
    /// <summary>Reads the arguments; null when this is no local start.</summary>
    /// <exception cref="LocalStartException">An argument is wrong.</exception>
    public static LocalArguments? Parse(IReadOnlyList<string> args)
    {
        if (!args.Contains("--local", StringComparer.Ordinal))
        {
            return null;
        }

        var result = new LocalArguments(8080, "data", 1, null, true);
        for (var i = 0; i < args.Count; i++)
        {
            result = args[i] switch
            {
                "--local" => result,
                "--no-demo" => result with { Demo = false },
                "--port" => result with { Port = Number(args, ++i, 65535) },
                "--silos" => result with { Silos = Number(args, ++i, 16) },
                "--data" => result with { Data = Value(args, ++i) },
                "--connection" => result with { Connection = Value(args, ++i) },
                var other => throw new LocalStartException($"'{other}' is no argument of a local start."),
            };
        }

        return result with { Data = Path.GetFullPath(result.Data) };
    }

    private static string Value(IReadOnlyList<string> args, int index) =>
        index < args.Count ? args[index] : throw new LocalStartException($"{args[index - 1]} needs a value.");

    private static int Number(IReadOnlyList<string> args, int index, int most) =>
        int.TryParse(Value(args, index), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new LocalStartException($"{args[index - 1]} must be a whole number from 1 to {most}, not '{args[index]}'.");
}

/// <summary>The local start cannot go on; the message is for the person who started it.</summary>
public sealed class LocalStartException : Exception
{
    /// <summary>Makes one without words.</summary>
    public LocalStartException()
    {
    }

    /// <summary>Makes one.</summary>
    public LocalStartException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public LocalStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
