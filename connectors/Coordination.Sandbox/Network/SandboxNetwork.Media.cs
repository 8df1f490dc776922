namespace Coordination.Sandbox.Network;

/// <content>Uploaded images.</content>
internal sealed partial class SandboxNetwork
{
    private readonly Dictionary<long, SandboxMedia> _media = [];
    private readonly HashSet<long> _asked = [];

    /// <summary>An id for a file that is being uploaded.</summary>
    public long NextMediaId()
    {
        lock (_lock)
        {
            return NextId();
        }
    }

    /// <summary>Keeps what is said of a file whose bytes are on the disk.</summary>
    public Task Upload(SandboxMedia media)
    {
        lock (_lock)
        {
            return Commit(new MediaUploaded(media));
        }
    }

    /// <summary>Whether nobody has asked for this file before.</summary>
    public bool FirstAsked(long id)
    {
        lock (_lock)
        {
            return _asked.Add(id);
        }
    }

    /// <summary>One file; null when there is none of that id.</summary>
    public SandboxMedia? Media(long id)
    {
        lock (_lock)
        {
            return _media.GetValueOrDefault(id);
        }
    }
}
