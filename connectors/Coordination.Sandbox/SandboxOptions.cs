namespace Coordination.Sandbox;

/// <summary>How the sandbox runs.</summary>
internal sealed record SandboxOptions
{
    /// <summary>Where it listens. Default: loopback, any free port.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>Where it keeps its log. Default: <c>sandbox-data</c> in the current folder.</summary>
    public string DataFolder { get; init; } = "sandbox-data";

    /// <summary>A file of accounts to register at the start. Default: none.</summary>
    public string? AccountsFile { get; init; }

    /// <summary>The longest text. As a gateway for several networks it takes the longest of theirs. Default: 63206.</summary>
    public int MaxCharacters { get; init; } = 63206;

    /// <summary>Requests for each account in five minutes; 0 for no limit. Default: 300.</summary>
    public int RateLimit { get; init; } = 300;

    /// <summary>Deletions for each account in half an hour; 0 for no limit. Default: 30.</summary>
    public int DeleteLimit { get; init; } = 30;

    /// <summary>Whether it ends when its standard input does. Default: no.</summary>
    public bool ExitWithParent { get; init; }

    /// <summary>What opens <c>/sandbox/...</c>; from the environment, so that it stands in no process list. Default: none, and then those addresses do not exist.</summary>
    public string? AdminKey { get; init; }

    /// <summary>What opens the exercise network at <c>/exercise</c>; from the environment. Default: none, and then there is no such network.</summary>
    public string? ExerciseKey { get; init; }
}
