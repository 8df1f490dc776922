using Coordination.Domain.Accounts;
using Coordination.Domain.Contacts;
using Dapper;

namespace Coordination.Storage.Desk;

/// <summary>How an account stands with its contact.</summary>
/// <param name="Account">The account.</param>
/// <param name="Standing">How.</param>
/// <param name="StaffId">Who was asked last; null when nobody was.</param>
public sealed record AccountContact(AccountKey Account, ContactStanding Standing, string? StaffId);

/// <summary>Reads how accounts stand with their contacts, by the staff directory and the database's clock.</summary>
public interface IContactReader
{
    /// <summary>Every account that is not retired, by key.</summary>
    /// <param name="patience">How long somebody has to answer.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<IReadOnlyList<AccountContact>> ListAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>How many accounts need another contact named now.</summary>
    Task<int> CountToSettleAsync(TimeSpan patience, CancellationToken cancellationToken);
}

/// <summary>Reads them from the database.</summary>
public sealed class ContactReader(CoordinationDatabase database) : IContactReader
{
    private static readonly string[] ToSettle = [.. Enum.GetValues<ContactStanding>().Where(s => s.IsToSettle()).Select(s => s.Id())];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccountContact>> ListAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Account, string Standing, string? StaffId)>(new CommandDefinition(
            "select account, standing, staff_id from contact_standings(@patience) order by account collate \"C\"", new { patience }, cancellationToken: cancellationToken));
        return [.. rows.Select(r => new AccountContact(
            AccountKey.Parse(r.Account),
            ContactStandings.TryParse(r.Standing, out var standing) ? standing : throw new InvalidOperationException($"Unknown standing '{r.Standing}'."),
            r.StaffId))];
    }

    /// <inheritdoc/>
    public async Task<int> CountToSettleAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from contact_standings(@patience) where standing = any (@ToSettle)", new { patience, ToSettle }, cancellationToken: cancellationToken));
    }
}
