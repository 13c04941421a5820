using CallCenter.Core.Erasure;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>Figures keep numbers that callers dialled. Those of erased calls are counted under the mark; what is left under the number is empty.</summary>
internal static class FigureErasure
{
    public static async Task ForgetAsync(CallCenterDbContext db, NumberDigits number, NumberEraser eraser, CancellationToken cancellationToken)
    {
        var pattern = DigitText.Spaced(number.National);
        var slices = await db.Set<FigureSlice>().Where(slice => EF.Functions.Like(slice.Value, pattern)).ToListAsync(cancellationToken);
        slices.RemoveAll(slice => !eraser.Holds(slice.Value));
        List<long> ids = [.. slices.Select(slice => slice.Id)];
        if (ids.Count > 0)
        {
            await db.Set<FigureDay>().Where(sum => EF.Parameter(ids).Contains(sum.SliceId)).ExecuteDeleteAsync(cancellationToken);
            await db.Set<FigureQuarter>().Where(sum => EF.Parameter(ids).Contains(sum.SliceId)).ExecuteDeleteAsync(cancellationToken);
            db.RemoveRange(slices);
        }
    }
}
