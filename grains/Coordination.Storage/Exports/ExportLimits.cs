namespace Coordination.Storage.Exports;

/// <summary>What no export of this service goes beyond: a file that does is none, and is not read on.</summary>
internal static class ExportLimits
{
    /// <summary>Longest line, in bytes. A payload is at most a request's body.</summary>
    public const int LineBytes = 8 * 1024 * 1024;

    /// <summary>Longest manifest, in bytes: about a million streams.</summary>
    public const int ManifestBytes = 256 * 1024 * 1024;

    /// <summary>Longest file, in bytes, unpacked.</summary>
    public const long FileBytes = 64L * 1024 * 1024 * 1024;

    /// <summary>How many times longer a file may be than what it is packed into. Hashes cannot be packed, so real ones stay below 20.</summary>
    public const long Ratio = 100;

    /// <summary>Below this a file's ratio is nobody's harm, in bytes.</summary>
    public const long SmallBytes = 16 * 1024 * 1024;

    /// <summary>Most faults that are told one by one.</summary>
    public const int FaultsKept = 200;
}
