using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Coordination.Storage.Secrets;

/// <summary>The key ring in PostgreSQL: what one host makes, all hosts find.</summary>
/// <remarks>The library asks without waiting for tasks. Never part of a caller's transaction: a key that is used must not be undone with it.</remarks>
public sealed class KeyRingRepository(CoordinationDatabase database) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.Cluster.OpenConnection();
        return [.. connection.Query<string>("select xml from key_ring order by id").Select(XElement.Parse)];
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.Cluster.OpenConnection();
        connection.Execute(
            "insert into key_ring (name, xml) values (@friendlyName, @xml)", new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
