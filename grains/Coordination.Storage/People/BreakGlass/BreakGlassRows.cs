namespace Coordination.Storage.People.BreakGlass;

/// <summary>An account as the database gives it.</summary>
internal sealed class AccountRow
{
    public string StaffId { get; set; } = "";

    public string UserName { get; set; } = "";

    public string Name { get; set; } = "";

    public Guid GrantId { get; set; }

    public DateTime GrantedAt { get; set; }

    public string GrantedName { get; set; } = "";

    public long Version { get; set; }

    public string Stamp { get; set; } = "";

    public string? PasswordHash { get; set; }

    public string? AppKey { get; set; }

    public bool AppConfirmed { get; set; }

    public byte[]? CodesSalt { get; set; }

    public byte[][] Codes { get; set; } = [];

    public DateTime? CodesMadeAt { get; set; }

    public int Failed { get; set; }

    public DateTime? LockedUntil { get; set; }

    public DateTime? UsedAt { get; set; }

    public BreakGlassAccount Read(IReadOnlyList<BreakGlassPasskey> passkeys) => new()
    {
        StaffId = StaffId, UserName = UserName, Name = Name, GrantId = GrantId, GrantedAt = GrantedAt, GrantedByName = GrantedName, Version = Version, Stamp = Stamp, PasswordHash = PasswordHash,
        ProtectedAppKey = AppKey, AppConfirmed = AppConfirmed, CodesSalt = CodesSalt, Codes = Codes, CodesMadeAt = CodesMadeAt, Failed = Failed, LockedUntil = LockedUntil, UsedAt = UsedAt,
        Passkeys = passkeys,
    };
}

/// <summary>A passkey as the database gives it.</summary>
internal sealed class PasskeyRow
{
    public byte[] CredentialId { get; set; } = [];

    public string StaffId { get; set; } = "";

    public string Name { get; set; } = "";

    public byte[] PublicKey { get; set; } = [];

    public DateTime MadeAt { get; set; }

    public long SignCount { get; set; }

    public string[] Transports { get; set; } = [];

    public bool UserVerified { get; set; }

    public bool BackupEligible { get; set; }

    public bool BackedUp { get; set; }

    public byte[] Attestation { get; set; } = [];

    public byte[] ClientData { get; set; } = [];

    public BreakGlassPasskey Read() => new()
    {
        CredentialId = CredentialId, Name = Name, PublicKey = PublicKey, MadeAt = MadeAt, SignCount = SignCount, Transports = Transports, UserVerified = UserVerified,
        BackupEligible = BackupEligible, BackedUp = BackedUp, Attestation = Attestation, ClientData = ClientData,
    };
}

/// <summary>A passkey as it is handed to the database: bytes are base64.</summary>
internal sealed record StoredPasskey(
    string Id, string Name, string Key, DateTime Made, long Count, string[] Transports, bool Verified, bool Eligible, bool Backed, string Attestation, string Client)
{
    public static StoredPasskey Of(BreakGlassPasskey key) => new(
        Convert.ToBase64String(key.CredentialId), key.Name, Convert.ToBase64String(key.PublicKey), key.MadeAt.UtcDateTime, key.SignCount, key.Transports,
        key.UserVerified, key.BackupEligible, key.BackedUp, Convert.ToBase64String(key.Attestation), Convert.ToBase64String(key.ClientData));
}
