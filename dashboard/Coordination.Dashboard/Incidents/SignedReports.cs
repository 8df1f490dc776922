using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Incidents;

/// <summary>What came of a signed message.</summary>
public abstract record SignedAnswer
{
    private SignedAnswer()
    {
    }

    /// <summary>The signature is right, and the report was taken or not.</summary>
    public sealed record Taken(ReportAnswer Answer) : SignedAnswer;

    /// <summary>It is not known who sent it; nothing was kept.</summary>
    public sealed record NotSigned(WebhookVerdict Verdict) : SignedAnswer;

    /// <summary>The delivery id was used for another message before; nothing was kept.</summary>
    public sealed record Replayed : SignedAnswer;
}

/// <summary>Signed reports of mobilising systems (Standard Webhooks). A message counts for five minutes from its time, and its delivery id for one message.</summary>
public sealed partial class SignedReports(ReportDesk desk, IIncidentFiles files, IOptionsMonitor<IncidentOptions> options, TimeProvider time, ILogger<SignedReports> logger)
{
    /// <summary>How far a message's time may be from this clock, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Takes a message.</summary>
    /// <param name="source">The id of the system, as in its address.</param>
    /// <param name="headers">The signature's headers.</param>
    /// <param name="body">The document as received.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<SignedAnswer> ReceiveAsync(string source, SignatureHeaders headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // A source that is not known is answered as a wrong signature is: its name is nobody's business.
        var known = options.CurrentValue.Sources.TryGetValue(source, out var from);
        var verdict = WebhookSignature.Verify(known ? Secrets(from!) : [], headers.Id, headers.Timestamp, headers.Signatures, body, time.GetUtcNow(), Tolerance);
        if (!known || verdict != WebhookVerdict.Valid)
        {
            LogNotSigned(known ? source : "unknown", verdict);
            return new SignedAnswer.NotSigned(known ? verdict : WebhookVerdict.NoMatch);
        }

        if (await files.NoteDeliveryAsync(source, headers.Id!, MessageIds.Of(body), cancellationToken) == DeliveryKind.Other)
        {
            LogReplayed(source);
            return new SignedAnswer.Replayed();
        }

        var actor = new Actor(source, from!.Name.Length == 0 ? source : from.Name, Role.System);
        return new SignedAnswer.Taken(await desk.ReceiveAsync(body, source, actor, cancellationToken));
    }

    private static WebhookSecret[] Secrets(SourceOptions source) =>
        [.. source.Secrets.Select(text => WebhookSecret.TryParse(text, out var secret) ? secret : null).OfType<WebhookSecret>()];

    [LoggerMessage(1, LogLevel.Warning, "A message under the name of the source {Source} was not let in: {Verdict}.")]
    private partial void LogNotSigned(string source, WebhookVerdict verdict);

    [LoggerMessage(2, LogLevel.Warning, "A message of the source {Source} was not let in: its delivery id was used for another message.")]
    private partial void LogReplayed(string source);
}

/// <summary>The headers of a signed message: <c>webhook-id</c>, <c>webhook-timestamp</c>, <c>webhook-signature</c>.</summary>
/// <param name="Id">Delivery id.</param>
/// <param name="Timestamp">Unix seconds.</param>
/// <param name="Signatures">Signatures.</param>
public sealed record SignatureHeaders(string? Id, string? Timestamp, string? Signatures);
