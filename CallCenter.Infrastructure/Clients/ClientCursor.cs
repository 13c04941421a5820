using System.Text;

namespace CallCenter.Infrastructure.Clients;

/// <summary>Where a page of the list begins: beyond this name and id, in one direction.</summary>
internal sealed record ClientCursor(bool Backwards, string SortText, Guid Id)
{
    /// <summary>Null for what is not a cursor: it comes from the address bar.</summary>
    public static ClientCursor? Parse(string? text)
    {
        if (text is not ['f' or 'b', ..] || text.Length < 33 || text.Length > 2000 || !Guid.TryParseExact(text.AsSpan(1, 32), "N", out var id))
        {
            return null;
        }

        try
        {
            return new ClientCursor(text[0] == 'b', Encoding.UTF8.GetString(Convert.FromHexString(text.AsSpan(33))), id);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() => $"{(Backwards ? 'b' : 'f')}{Id:N}{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(SortText))}";
}
