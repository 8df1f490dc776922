namespace Coordination.Domain.Incidents.Cap;

/// <summary>A message that was triaged before.</summary>
/// <param name="Reference">Its identity.</param>
/// <param name="Digest">Its digest (<see cref="CapMessage.Digest"/>).</param>
/// <param name="Status">Its status.</param>
/// <param name="MsgType">What it did.</param>
/// <param name="References">The messages it was about.</param>
public sealed record SeenMessage(
    CapReference Reference,
    string Digest,
    CapStatus Status,
    CapMsgType MsgType,
    IReadOnlyList<CapReference> References);

/// <summary>The messages that were triaged before, all of them or those of the last months: a chain is followed through them.</summary>
public sealed class SeenMessages
{
    private readonly Dictionary<CapReference, SeenMessage> _messages = [];
    private readonly ILookup<(string Sender, string Identifier), SeenMessage> _namesakes;

    /// <summary>Of these messages; the first of an identity counts.</summary>
    public SeenMessages(IEnumerable<SeenMessage> messages)
    {
        foreach (var message in messages)
        {
            _messages.TryAdd(message.Reference, message);
        }

        _namesakes = _messages.Values.ToLookup(m => (m.Reference.Sender, m.Reference.Identifier));
    }

    /// <summary>No message yet.</summary>
    public static SeenMessages None { get; } = new([]);

    /// <summary>The message of that identity.</summary>
    public SeenMessage? Find(CapReference reference) => _messages.GetValueOrDefault(reference);

    /// <summary>The earlier messages of its sender about the same incident: those it names, those that they name, and those of its own name. Nobody speaks for another sender's.</summary>
    public IReadOnlyList<SeenMessage> ChainOf(CapMessage message)
    {
        bool IsOwn(CapReference reference) => string.Equals(reference.Sender, message.Sender, StringComparison.Ordinal);

        var known = new HashSet<CapReference> { message.Reference };
        var wanted = new Queue<CapReference>(
            message.References
                .Concat(_namesakes[(message.Sender, message.Identifier)].Select(m => m.Reference))
                .Where(IsOwn)
                .Where(known.Add));
        var chain = new List<SeenMessage>();
        while (wanted.TryDequeue(out var reference))
        {
            if (Find(reference) is not { } found)
            {
                continue;
            }

            chain.Add(found);
            foreach (var earlier in found.References.Where(IsOwn).Where(known.Add))
            {
                wanted.Enqueue(earlier);
            }
        }

        return chain;
    }
}
