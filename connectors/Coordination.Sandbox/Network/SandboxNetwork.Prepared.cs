namespace Coordination.Sandbox.Network;

/// <content>What is made ready ahead of a post: containers, and files in pieces.</content>
internal sealed partial class SandboxNetwork
{
    private readonly Dictionary<long, SandboxContainer> _containers = [];
    private readonly Dictionary<long, long> _publishedFrom = [];
    private readonly Dictionary<long, SandboxUpload> _uploads = [];
    private readonly Dictionary<long, List<(int Index, int Size)>> _pieces = [];

    /// <summary>Makes a container.</summary>
    public (SandboxContainer Container, Task Durable) MakeContainer(SandboxAccount account, string text, long? replyTo)
    {
        lock (_lock)
        {
            var container = new SandboxContainer(NextId(), account.Id, text, replyTo, Time.GetUtcNow());
            return (container, Commit(new ContainerMade(container)));
        }
    }

    /// <summary>One container, and the post that came of it; null where there is none.</summary>
    public (SandboxContainer? Container, long? Post) Container(long id)
    {
        lock (_lock)
        {
            return (_containers.GetValueOrDefault(id), _publishedFrom.TryGetValue(id, out var post) ? post : null);
        }
    }

    /// <summary>An account's containers, oldest first.</summary>
    public IReadOnlyList<SandboxContainer> Containers(string accountId)
    {
        lock (_lock)
        {
            return [.. _containers.Values.Where(c => string.Equals(c.AccountId, accountId, StringComparison.Ordinal)).OrderBy(c => c.Id)];
        }
    }

    /// <summary>Publishes a container; null when it was published before: one post comes of it, ever.</summary>
    public (SandboxPost Post, Task Durable)? PublishContainer(SandboxAccount account, SandboxContainer container, DateTimeOffset arrivedAt)
    {
        lock (_lock)
        {
            if (_publishedFrom.ContainsKey(container.Id))
            {
                return null;
            }

            var post = new SandboxPost(NextId(), account.Id, container.Text, "public", null, arrivedAt, Time.GetUtcNow(), null) { ReplyTo = container.ReplyTo, Container = container.Id };
            var durable = Commit(new PostPublished(post));
            _durable[post.Id] = durable;
            return (post, durable);
        }
    }

    /// <summary>Begins a file in pieces.</summary>
    public (SandboxUpload Upload, Task Durable) BeginUpload(SandboxAccount account, string contentType, int totalBytes)
    {
        lock (_lock)
        {
            var upload = new SandboxUpload(NextId(), account.Id, contentType, totalBytes, Time.GetUtcNow());
            return (upload, Commit(new UploadBegun(upload)));
        }
    }

    /// <summary>One file in pieces; null when there is none of that id.</summary>
    public SandboxUpload? Upload(long id)
    {
        lock (_lock)
        {
            return _uploads.GetValueOrDefault(id);
        }
    }

    /// <summary>An account's files in pieces, oldest first.</summary>
    public IReadOnlyList<SandboxUpload> Uploads(string accountId)
    {
        lock (_lock)
        {
            return [.. _uploads.Values.Where(u => string.Equals(u.AccountId, accountId, StringComparison.Ordinal)).OrderBy(u => u.Id)];
        }
    }

    /// <summary>Keeps that a piece, whose bytes are on the disk, came.</summary>
    public Task TakePiece(long upload, int index, int size)
    {
        lock (_lock)
        {
            return Commit(new PieceTaken(upload, index, size));
        }
    }

    /// <summary>The pieces that came, in the order of their coming; one that came again is there again.</summary>
    public IReadOnlyList<(int Index, int Size)> Pieces(long upload)
    {
        lock (_lock)
        {
            return _pieces.TryGetValue(upload, out var pieces) ? [.. pieces] : [];
        }
    }

    private void ApplyPrepared(LogEntry entry)
    {
        switch (entry)
        {
            case ContainerMade { Container: var container }:
                _containers[container.Id] = container;
                _lastId = Math.Max(_lastId, container.Id);
                break;
            case UploadBegun { Upload: var upload }:
                _uploads[upload.Id] = upload;
                _pieces[upload.Id] = [];
                _lastId = Math.Max(_lastId, upload.Id);
                break;
            case PieceTaken piece when _pieces.TryGetValue(piece.UploadId, out var pieces):
                pieces.Add((piece.Index, piece.Size));
                break;
            case PostPublished { Post: { Container: { } from } post }:
                _publishedFrom[from] = post.Id;
                break;
        }
    }
}
