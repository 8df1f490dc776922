namespace Coordination.Storage.People.BreakGlass;

/// <summary>An account for the day on which the identity provider is away, as it is kept.</summary>
public sealed record BreakGlassAccount
{
    /// <summary>Whose it is.</summary>
    public required string StaffId { get; init; }

    /// <summary>What the person types as their user name.</summary>
    public required string UserName { get; init; }

    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>The grant: a sign-in under another one counts no more.</summary>
    public required Guid GrantId { get; init; }

    /// <summary>When it was granted (UTC).</summary>
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>Who granted it.</summary>
    public required string GrantedByName { get; init; }

    /// <summary>Goes up with each change.</summary>
    public required long Version { get; init; }

    /// <summary>Changes with what the person signs in by.</summary>
    public required string Stamp { get; init; }

    /// <summary>The password's hash; null for none.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The authenticator app's key, encrypted; null for none.</summary>
    public string? ProtectedAppKey { get; init; }

    /// <summary>Whether the app has shown a right code.</summary>
    public bool AppConfirmed { get; init; }

    /// <summary>What the recovery codes are hashed with; null before there are any.</summary>
    public IReadOnlyList<byte>? CodesSalt { get; init; }

    /// <summary>Hashes of the recovery codes that are left.</summary>
    public IReadOnlyList<byte[]> Codes { get; init; } = [];

    /// <summary>When the recovery codes were made (UTC); null for never.</summary>
    public DateTimeOffset? CodesMadeAt { get; init; }

    /// <summary>Attempts in vain since the last that was not.</summary>
    public int Failed { get; init; }

    /// <summary>Until when nobody is let in by it (UTC); null for not.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>When a sign-in by it last worked (UTC); null for never.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>Its passkeys, the first made first.</summary>
    public IReadOnlyList<BreakGlassPasskey> Passkeys { get; init; } = [];
}

/// <summary>A passkey: what checks a signature, and no secret.</summary>
public sealed record BreakGlassPasskey
{
    /// <summary>Its id, 1 to 1,023 bytes.</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The public key.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>How often it has signed, by its own count.</summary>
    public long SignCount { get; init; }

    /// <summary>The ways it can be reached.</summary>
    public string[] Transports { get; init; } = [];

    /// <summary>Whether it made sure who was there.</summary>
    public bool UserVerified { get; init; }

    /// <summary>Whether it can be in more places than one.</summary>
    public bool BackupEligible { get; init; }

    /// <summary>Whether it is.</summary>
    public bool BackedUp { get; init; }

    /// <summary>What it said of itself when it was made.</summary>
    public required byte[] Attestation { get; init; }

    /// <summary>What the browser said when it was made.</summary>
    public required byte[] ClientData { get; init; }
}
