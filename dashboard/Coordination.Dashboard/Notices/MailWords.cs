using System.Text;
using Coordination.Domain.Notices;
using MimeKit;
using MimeKit.Text;

namespace Coordination.Dashboard.Notices;

/// <summary>A message as mail programs have it.</summary>
public static class MailWords
{
    /// <summary>Writes it.</summary>
    /// <param name="id">The message's id. The Message-ID follows from it, so that a repeat is known as one.</param>
    /// <param name="notice">What goes to whom.</param>
    /// <param name="options">Who it is from.</param>
    /// <returns>Null for an address that is none.</returns>
    public static MimeMessage? Write(Guid id, Notice notice, MailOptions options)
    {
        var from = MailboxAddress.Parse(options.From!);
        if (!MailboxAddress.TryParse(notice.Address, out var to) || !to.Address.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        var message = new MimeMessage
        {
            Subject = notice.Subject,
            MessageId = $"{id:N}@{from.Domain}",
            Body = new TextPart(TextFormat.Plain) { ContentTransferEncoding = ContentEncoding.QuotedPrintable },
        };
        ((TextPart)message.Body).SetText(Encoding.UTF8, notice.Body);
        message.From.Add(from);
        message.To.Add(new MailboxAddress(Encoding.UTF8, notice.Name, to.Address));

        // So that nobody's out-of-office answers the service (RFC 3834, 5).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add(HeaderId.Importance, "high");
        return message;
    }
}
