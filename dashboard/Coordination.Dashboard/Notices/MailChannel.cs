using System.Globalization;
using System.Net.Sockets;
using Coordination.Domain.Notices;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Notices;

/// <summary>E-mail over SMTP. Keeps its connection from one message to the next, until it rests.</summary>
public sealed class MailChannel(IOptions<MailOptions> options) : INoticeChannel, IDisposable
{
    private readonly MailOptions _options = options.Value;
    private SmtpClient? _client;

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(Guid id, Notice notice, CancellationToken cancellationToken)
    {
        if (MailWords.Write(id, notice, _options) is not { } message)
        {
            return new Delivery.Refused("The address is none that a mail server takes.");
        }

        try
        {
            await ConnectAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Drop();
            return new Delivery.Unreachable(WhyNot(e));
        }

        var progress = new MailProgress();
        try
        {
            using var limit = Limit(cancellationToken);
            await _client!.SendAsync(message, limit.Token, progress);
            return new Delivery.Taken();
        }
        catch (SmtpCommandException e)
        {
            // An answer, so it is known. After it the session goes on, unless the server says that it closes.
            if (e.StatusCode == SmtpStatusCode.ServiceNotAvailable)
            {
                Drop();
            }

            // What is wrong with the service's own sender or sign-in is no fault of this person's address: it may be put right in time.
            return (int)e.StatusCode >= 500 && e.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
                ? new Delivery.Refused(Answer(e, notice.Address))
                : new Delivery.NotNow(Answer(e, notice.Address));
        }
        catch (Exception e)
        {
            Drop();
            return progress.Began ? new Delivery.Doubtful("The mail server did not say whether it took the message.") : new Delivery.NotNow(WhyNot(e));
        }
    }

    /// <inheritdoc/>
    public async Task RestAsync()
    {
        try
        {
            if (_client is { IsConnected: true })
            {
                using var limit = Limit(CancellationToken.None);
                await _client.DisconnectAsync(quit: true, limit.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or SmtpProtocolException or OperationCanceledException or TimeoutException)
        {
            // Everything was said already; the server need not answer a goodbye.
        }

        Drop();
    }

    /// <inheritdoc/>
    public void Dispose() => Drop();

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_client is { IsConnected: true })
        {
            return;
        }

        Drop();
        using var limit = Limit(cancellationToken);
        _client = new SmtpClient { CheckCertificateRevocation = _options.CheckRevocation, Timeout = (int)_options.Timeout.TotalMilliseconds };
        await _client.ConnectAsync(_options.Host!, _options.Port, SocketOptions(), limit.Token);
        if (!string.IsNullOrWhiteSpace(_options.User))
        {
            // Read anew each time: a password that was changed needs no restart.
            var password = _options.PasswordFile is { } file ? (await File.ReadAllTextAsync(file, limit.Token)).TrimEnd('\r', '\n') : _options.Password!;
            await _client.AuthenticateAsync(_options.User, password, limit.Token);
        }
    }

    private SecureSocketOptions SocketOptions() => _options.Security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    private CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        return limit;
    }

    private void Drop()
    {
        _client?.Dispose();
        _client = null;
    }

    // Servers like to repeat the address; what is kept names people, not where they read their mail.
    private static string Answer(SmtpCommandException e, string? address = null)
    {
        var words = e.Message.ReplaceLineEndings(" ");
        return string.Create(
            CultureInfo.InvariantCulture, $"{(int)e.StatusCode} {(address is null ? words : words.Replace(address, "(the address)", StringComparison.OrdinalIgnoreCase))}");
    }

    private static string WhyNot(Exception e) => e switch
    {
        SmtpCommandException answered => Answer(answered),
        AuthenticationException => "The mail server does not accept the sign-in.",
        SslHandshakeException => "The connection to the mail server cannot be protected: its certificate is not trusted, or it speaks no TLS.",
        NotSupportedException => "The mail server offers no STARTTLS, or no way to sign in.",
        UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException => "The file of the password cannot be read.",
        OperationCanceledException or TimeoutException => "The mail server did not answer in time.",
        SocketException or IOException or SmtpProtocolException => "The mail server cannot be reached, or hung up.",
        _ => $"It could not be sent ({e.GetType().Name}).",
    };
}

/// <summary>Whether the message itself began to go over the wire: before that an error is certain.</summary>
internal sealed class MailProgress : MailKit.ITransferProgress
{
    /// <summary>Whether it did.</summary>
    public bool Began { get; private set; }

    /// <inheritdoc/>
    public void Report(long bytesTransferred, long totalSize) => Began = true;

    /// <inheritdoc/>
    public void Report(long bytesTransferred) => Began = true;
}
