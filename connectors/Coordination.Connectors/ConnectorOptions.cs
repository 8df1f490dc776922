namespace Coordination.Connectors;

/// <summary>Where plain http may carry a token.</summary>
public enum PlainHttp
{
    /// <summary>Only to this machine.</summary>
    LoopbackOnly,

    /// <summary>Anywhere: for a private network whose traffic is protected otherwise.</summary>
    Allowed,
}

/// <summary>Which protocol is spoken with the sandbox network.</summary>
public enum SandboxSpeech
{
    /// <summary>Mastodon's for every platform.</summary>
    Mastodon,

    /// <summary>Each platform's own where the sandbox has it (X, Threads), else Mastodon's.</summary>
    EachPlatforms,
}

/// <summary>Settings of the connectors.</summary>
public sealed class ConnectorOptions
{
    /// <summary>The sandbox network's address: when set, accounts of every platform publish there, through the interface that
    /// <see cref="SandboxSpeaks"/> names, under their own platform's limits. Default: none, each platform for itself.</summary>
    public Uri? ViaSandbox { get; set; }

    /// <summary>Which protocol is spoken with it. Default: <see cref="SandboxSpeech.Mastodon"/>.</summary>
    public SandboxSpeech SandboxSpeaks { get; set; }

    /// <summary>How long the answer to a written request is awaited before its outcome counts as unknown. Default: 15 seconds.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long connecting to a server may take. Default: 5 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a read may take with its repeats. Default: 20 seconds.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How far a platform's clock may be behind ours when a post is looked for by time. Default: 2 minutes.</summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How large the pieces are in which an image is uploaded, where a platform takes pieces (X: at most 5 MB each). Default: 1,000,000 bytes.</summary>
    public int UploadPieceBytes { get; set; } = 1_000_000;

    /// <summary>Where plain http is allowed. Default: <see cref="PlainHttp.LoopbackOnly"/>.</summary>
    public PlainHttp PlainHttp { get; set; } = PlainHttp.LoopbackOnly;
}
