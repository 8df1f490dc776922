using Coordination.Domain.Incidents.Cap;

namespace Coordination.Domain.Tests.Incidents;

/// <summary>Keeps a message as the intake would.</summary>
internal static class CapSeen
{
    public static SeenMessage Entry(CapMessage message) => new(message.Reference, message.Digest, message.Status, message.MsgType, message.References);

    public static SeenMessages Of(params CapMessage[] messages) => new(messages.Select(Entry));
}
