using System.IO.Compression;
using System.Text;
using CallCenter.Core.Erasure;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Exports;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>Exports that hold a number: in what they were asked for, or in their file, which is read.</summary>
internal sealed class ErasedExports(ExportStore store)
{
    private const int Chunk = 64 * 1024;
    private const int Overlap = 128;

    /// <summary>The exports that hold it; those that are being made count only by what they were asked for.</summary>
    public async Task<Result<List<Export>>> FindAsync(CallCenterDbContext db, NumberEraser eraser, CancellationToken cancellationToken)
    {
        var found = new List<Export>();
        foreach (var export in await db.Set<Export>().AsNoTracking().OrderBy(export => export.CreatedAtUtc).ToListAsync(cancellationToken))
        {
            if (Names(export, eraser) || (export is { State: ExportState.Done, FileKey.Length: > 0 } && await HoldsAsync(export, eraser, cancellationToken)))
            {
                found.Add(export);
            }
        }

        return found;
    }

    private static bool Names(Export export, NumberEraser eraser) =>
        new[] { export.Filter, export.Subject, export.Columns, export.Reach, export.OwnerName }.Any(text => ErasedText.Of(text, eraser) != text);

    private async Task<bool> HoldsAsync(Export export, NumberEraser eraser, CancellationToken cancellationToken)
    {
        var opened = store.Open(export.TenantId, export.FileKey);
        if (opened.Error is not null)
        {
            return false;
        }

        await using var file = opened.Value;
        if (export.Format != ExportFormat.Xlsx)
        {
            return await HoldsAsync(file, eraser, cancellationToken);
        }

        try
        {
            using var workbook = new ZipArchive(file, ZipArchiveMode.Read);
            foreach (var part in workbook.Entries)
            {
                await using var content = await part.OpenAsync(cancellationToken);
                if (await HoldsAsync(content, eraser, cancellationToken))
                {
                    return true;
                }
            }

            return false;
        }
        catch (InvalidDataException)
        {
            // Nobody can read it, so nobody can say that it does not hold the number.
            return true;
        }
    }

    private static async Task<bool> HoldsAsync(Stream content, NumberEraser eraser, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        var buffer = new char[Chunk + Overlap];
        var kept = 0;
        int read;
        while ((read = await reader.ReadBlockAsync(buffer.AsMemory(kept, Chunk), cancellationToken)) > 0)
        {
            var length = kept + read;
            if (eraser.Holds(new string(buffer, 0, length)))
            {
                return true;
            }

            // A number may lie across the cut.
            kept = Math.Min(Overlap, length);
            Array.Copy(buffer, length - kept, buffer, 0, kept);
        }

        return false;
    }
}
