using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.Accounts;

namespace Coordination.Storage.Desk;

/// <summary>Under which id an account's question about its contact is kept: one for each account, so that no two wait at once.</summary>
public static class ContactIds
{
    /// <summary>The id.</summary>
    public static Guid Of(AccountKey account)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes("contact/" + account.Value))[..16];

        // Version 8 of RFC 9562: an id that somebody made by a rule of their own.
        (id[6], id[8]) = ((byte)((id[6] & 0x0F) | 0x80), (byte)((id[8] & 0x3F) | 0x80));
        return new Guid(id, bigEndian: true);
    }
}
