using Coordination.Domain.Notices;
using Coordination.Domain.Rota;
using Coordination.Storage.Desk;
using Coordination.Storage.ReadModel;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Notices;

/// <summary>Reads what messages about a hold are made of, as it is now.</summary>
public sealed class NoticeFactsReader(IHoldReader holds, IAccountReader accounts, IDeskRecords records, IOptions<MailOptions> options, TimeProvider time)
{
    private readonly MailOptions _options = options.Value;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidOperationException">There is no such hold.</exception>
    public async Task<NoticeFacts> ReadAsync(string holdId, NoticeKind kind, CancellationToken cancellationToken)
    {
        var hold = await holds.FindAsync(holdId, cancellationToken) ?? throw new InvalidOperationException("There is no such hold.");
        var now = time.GetUtcNow();
        var shifts = await records.ListAsync(DeskKinds.Shift, new DeskFilter(Open: true, EndsAfter: now), cancellationToken);
        return new NoticeFacts
        {
            Kind = kind,
            Hold = hold,
            Accounts = await accounts.CoveredAsync(hold.Scope, cancellationToken),
            Standing = await holds.StandingAsync(cancellationToken),
            OnDuty = RotaView.On(shifts.Select(s => s.Body), DutyRole.DutyOfficer, now) is [var shift, ..] ? shift : null,
            CommsPhone = _options.CommsPhone,
            HoldPage = _options.PublicAddress is { } address ? NoticeLinks.Hold(address, hold.Id) : null,
        };
    }
}
