using CallCenter.Core.Exports;
using CallCenter.Infrastructure.Exports;

namespace CallCenter.Tests.Exports;

/// <summary>A table of one row written by a writer, as bytes.</summary>
internal static class WrittenTable
{
    public static TableHead Head(bool rightToLeft = false, params TableColumn[] columns) => new("Calls", columns, rightToLeft, [("What", "Calls"), ("Zone", "Asia/Riyadh")])
    {
        Language = rightToLeft ? "ar" : "en",
    };

    public static TableColumn Column(string heading, ExportCell cell = ExportCell.Text) => new(heading, cell, 12);

    public static async Task<byte[]> WriteAsync(Func<Stream, ITableWriter> create, TableHead head, params Action<ITableWriter>[] rows)
    {
        using var stream = new MemoryStream();
        await using (var writer = create(stream))
        {
            await writer.BeginAsync(head, default);
            foreach (var row in rows)
            {
                row(writer);
                await writer.EndRowAsync(default);
            }

            await writer.CompleteAsync(null, default);
        }

        return stream.ToArray();
    }
}
