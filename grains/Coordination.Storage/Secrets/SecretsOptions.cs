namespace Coordination.Storage.Secrets;

/// <summary>The certificate that protects the keys in the database, section <c>Secrets</c>. All hosts of an installation share it.</summary>
public sealed class SecretsOptions : SecretCertificate
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Secrets";

    /// <summary>Certificates that earlier keys may be encrypted with, while they are being replaced. Default: none.</summary>
    public IList<SecretCertificate> Former { get; set; } = [];

    /// <summary>Whether there is one: without it no sign-in can be kept in the database.</summary>
    public bool IsSet => !string.IsNullOrWhiteSpace(Certificate);

    /// <summary>All faults, in words.</summary>
    public IEnumerable<string> Validate()
    {
        if (!IsSet)
        {
            return Former.Count == 0 ? [] : ["Secrets:Former names certificates, but Secrets:Certificate names none that takes their place."];
        }

        return Fault(Section) is { } own
            ? [own]
            : Former.Select((former, index) => former.Fault($"{Section}:{nameof(Former)}:{index}")).OfType<string>();
    }
}
