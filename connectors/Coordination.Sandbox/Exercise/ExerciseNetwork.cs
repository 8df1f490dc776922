using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Exercise;

/// <summary>The network of exercises: stand-ins and what went out through them. It shares nothing with the sandbox network beside it, neither accounts nor tokens nor the log.</summary>
internal sealed partial class ExerciseNetwork : IAsyncDisposable
{
    /// <summary>What every text begins with; the network takes no other.</summary>
    public const string Mark = "EXERCISE – ";

    /// <summary>What the network calls itself.</summary>
    public const string Name = "wmfs-exercise-sandbox";

    private const int LongestName = 200;
    private readonly Lock _lock = new();
    private readonly SandboxLog _log;
    private readonly byte[] _key;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, StandIn> _byUsername = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StandIn> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Username, string Key), (ExerciseLine Line, Task Durable)> _keys = [];
    private readonly List<ExerciseLine> _lines = [];

    private ExerciseNetwork(SandboxLog log, string key, TimeProvider time) => (_log, _key, _time) = (log, Encoding.UTF8.GetBytes(key), time);

    /// <summary>Completes when nothing more can be kept.</summary>
    public Task LogFailed => _log.Failed;

    /// <summary>Opens it with what its log holds.</summary>
    public static ExerciseNetwork Open(string folder, string key, TimeProvider time)
    {
        var network = new ExerciseNetwork(SandboxLog.Open(Path.Combine(folder, "exercise"), out var entries), key, time);
        foreach (var entry in entries)
        {
            network.Apply(entry, Task.CompletedTask);
        }

        return network;
    }

    /// <summary>The proof, for whoever asks with a number used once, that this server has the exercise key.</summary>
    public string Prove(string nonce) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{Name}/{nonce}")));

    /// <summary>Whether somebody has the exercise key.</summary>
    public bool IsKey(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(_key));

    /// <summary>The stand-in of a token.</summary>
    public StandIn? ByToken(string token)
    {
        lock (_lock)
        {
            return _byToken.GetValueOrDefault(SandboxNetwork.Hash(token));
        }
    }

    /// <summary>Admits a stand-in, or finds it, and gives its token: made of the network's key and the name, so that it is the same after a restart.</summary>
    public (string? Token, string? Fault, Task Durable) Admit(Admission wish)
    {
        if (wish.Username is not { } username || !Username().IsMatch(username))
        {
            return (null, "A stand-in's username is 'exercise_' and letters, digits, '_', '.' or '-', at most 120 in all.", Task.CompletedTask);
        }

        if (string.IsNullOrWhiteSpace(wish.DisplayName) || wish.DisplayName.Length > LongestName || string.IsNullOrWhiteSpace(wish.Platform) || wish.Platform.Length > LongestName)
        {
            return (null, $"A stand-in needs a displayName and a platform of at most {LongestName} characters.", Task.CompletedTask);
        }

        var token = Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes("stand-in/" + username)));
        var standIn = new StandIn(username, wish.DisplayName.Trim(), wish.Platform.Trim(), SandboxNetwork.Hash(token));
        lock (_lock)
        {
            if (_byUsername.GetValueOrDefault(username) == standIn)
            {
                return (token, null, Task.CompletedTask);
            }

            return (token, null, Commit(new StandInAdmitted(standIn)));
        }
    }

    /// <summary>Puts a line out, once for each key, however long ago that was.</summary>
    /// <returns>The line, whether the key was known, and what completes when it is safe on the disk; null when the text is not marked.</returns>
    public (ExerciseLine Line, bool Repeated, Task Durable)? Publish(StandIn standIn, string text, string key)
    {
        if (!text.StartsWith(Mark, StringComparison.Ordinal) || string.IsNullOrWhiteSpace(text[Mark.Length..]))
        {
            return null;
        }

        lock (_lock)
        {
            if (_keys.TryGetValue((standIn.Username, key), out var known))
            {
                return (known.Line, true, known.Durable);
            }

            var line = new ExerciseLine(_lines.Count + 1, standIn.Username, text, key, _time.GetUtcNow());
            return (line, false, Commit(new LinePublished(line)));
        }
    }

    /// <summary>What went out, the newest first.</summary>
    /// <param name="below">Only those before this number; null for the newest.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<(ExerciseLine Line, StandIn By)> Page(long? below, int most)
    {
        lock (_lock)
        {
            return [.. Enumerable.Reverse(_lines).Where(l => below is null || l.Number < below).Take(most).Select(l => (l, _byUsername[l.Username]))];
        }
    }

    /// <summary>One line.</summary>
    public (ExerciseLine Line, StandIn By)? Find(long number)
    {
        lock (_lock)
        {
            return number >= 1 && number <= _lines.Count ? (_lines[(int)number - 1], _byUsername[_lines[(int)number - 1].Username]) : null;
        }
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private Task Commit(LogEntry entry)
    {
        var durable = _log.AppendAsync(entry);
        Apply(entry, durable);
        return durable;
    }

    private void Apply(LogEntry entry, Task durable)
    {
        switch (entry)
        {
            case StandInAdmitted { StandIn: var standIn }:
                if (_byUsername.TryGetValue(standIn.Username, out var former))
                {
                    _byToken.Remove(former.TokenHash);
                }

                _byUsername[standIn.Username] = _byToken[standIn.TokenHash] = standIn;
                break;
            case LinePublished { Line: var line }:
                _lines.Add(line);
                _keys[(line.Username, line.Key)] = (line, durable);
                break;
        }
    }

    [GeneratedRegex(@"\Aexercise_[a-z0-9_.-]{1,111}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Username();
}
