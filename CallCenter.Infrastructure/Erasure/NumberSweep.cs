using System.Linq.Expressions;
using System.Reflection;
using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Erasure;
using CallCenter.Core.Exports;
using CallCenter.Core.Extensions;
using CallCenter.Core.Groups;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>A row that holds a number.</summary>
internal sealed record SweptRow(string Kind, string Text, DateTime? AtUtc);

/// <summary>
/// Finds and erases a number in every text, and every whole number kept as an integer, of the tenant's rows, by what the model says there
/// is: a table that a later feature brings is swept without a line here. A row whose key is the number goes; others lose the number.
/// </summary>
internal sealed class NumberSweep(NumberDigits number, NumberEraser eraser)
{
    private const int Batch = 500;

    // Calls have their own way; holds keep what is held; the audit log is never changed; exports have files.
    private static readonly HashSet<Type> Elsewhere =
    [
        typeof(Call), typeof(CallLeg), typeof(CallParticipant), typeof(Recording), typeof(CallHold), typeof(AuditEntry), typeof(AuditHead), typeof(Export),
        typeof(ErasedNumber), typeof(ErasureKey), typeof(NumberErasure), typeof(ErasureHeld), typeof(WorklistEntry), typeof(WorklistCall), typeof(ClientNumberChange),
        typeof(Extension), typeof(PbxGroup), typeof(FigureSlice),
    ];

    private static readonly Dictionary<Type, string> Kinds = new()
    {
        [typeof(CallNote)] = ErasureKinds.Notes,
        [typeof(CallTag)] = ErasureKinds.Tags,
        [typeof(CallTagWord)] = ErasureKinds.Tags,
        [typeof(ClientTag)] = ErasureKinds.Tags,
        [typeof(Client)] = ErasureKinds.Clients,
        [typeof(ClientNumber)] = ErasureKinds.ClientNumbers,
        [typeof(WorklistDismissal)] = ErasureKinds.Worklist,
    };

    private static readonly MethodInfo SweepOne = typeof(NumberSweep).GetMethod(nameof(SweepTableAsync), BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new InvalidOperationException("The sweep of one table is missing.");

    /// <summary>Tables that it looks into.</summary>
    public static IEnumerable<IEntityType> Tables(IModel model) => model.GetEntityTypes()
        .Where(type => !type.IsOwned() && typeof(ITenantOwned).IsAssignableFrom(type.ClrType) && !Elsewhere.Contains(type.ClrType));

    /// <summary>Rows of the PBX's setup that hold the number: they are changed there, not here.</summary>
    public async Task<bool> IsSetUpAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        foreach (var type in new[] { typeof(Extension), typeof(PbxGroup) })
        {
            var found = new List<SweptRow>();
            await SweepAsync(db, db.Model.FindEntityType(type)!, found.Add, erase: false, _ => Task.CompletedTask, cancellationToken);
            if (found.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Everything that holds the number, without a change.</summary>
    public async Task LookAsync(CallCenterDbContext db, Action<SweptRow> found, CancellationToken cancellationToken)
    {
        foreach (var type in Tables(db.Model))
        {
            await SweepAsync(db, type, found, erase: false, _ => Task.CompletedTask, cancellationToken);
        }
    }

    /// <summary>Erases it; what is told of is saved in the same transaction by <paramref name="saving"/>.</summary>
    public async Task EraseAsync(CallCenterDbContext db, Func<IReadOnlyList<SweptRow>, Task> saving, CancellationToken cancellationToken)
    {
        foreach (var type in Tables(db.Model))
        {
            await SweepAsync(db, type, _ => { }, erase: true, saving, cancellationToken);
        }
    }

    private Task SweepAsync(
        CallCenterDbContext db, IEntityType type, Action<SweptRow> found, bool erase, Func<IReadOnlyList<SweptRow>, Task> saving, CancellationToken cancellationToken) =>
        (Task)SweepOne.MakeGenericMethod(type.ClrType).Invoke(this, [db, type, found, erase, saving, cancellationToken])!;

    private async Task SweepTableAsync<T>(
        CallCenterDbContext db, IEntityType type, Action<SweptRow> found, bool erase, Func<IReadOnlyList<SweptRow>, Task> saving, CancellationToken cancellationToken)
        where T : class
    {
        var columns = SweptColumns.Of(type);
        if (columns.IsEmpty)
        {
            return;
        }

        var query = db.Set<T>().Where(Condition<T>(columns));
        if (type.FindProperty("CallId") is { } call && (Nullable.GetUnderlyingType(call.ClrType) ?? call.ClrType) == typeof(Guid))
        {
            query = query.Where(row => !db.Set<CallHold>().Any(hold => hold.CallId == EF.Property<Guid?>(row, "CallId")));
        }

        var key = type.FindPrimaryKey()!.Properties[^1].Name;
        for (var skip = 0; ;)
        {
            var rows = await query.OrderBy(row => EF.Property<object>(row, key)).Skip(skip).Take(Batch).ToListAsync(cancellationToken);
            var swept = new List<SweptRow>();
            foreach (var row in rows)
            {
                if (Erase(db.Entry(row), columns, erase) is { } hit)
                {
                    swept.Add(hit);
                    found(hit);
                }
            }

            if (erase && swept.Count > 0)
            {
                await saving(swept);
            }

            db.ChangeTracker.Clear();
            if (rows.Count < Batch)
            {
                return;
            }

            // What was erased is not found again.
            skip += erase ? rows.Count - swept.Count : rows.Count;
        }
    }

    private SweptRow? Erase(EntityEntry row, SweptColumns columns, bool erase)
    {
        var (hit, text) = (false, "");
        var gone = false;
        foreach (var column in columns.Texts)
        {
            if (row.Property(column).CurrentValue is string value && ErasedText.Of(value, eraser) is var without && without != value)
            {
                (hit, text) = (true, text.Length == 0 ? value : text);
                gone |= column.IsPrimaryKey();
                if (erase && !column.IsPrimaryKey())
                {
                    row.Property(column).CurrentValue = without;
                }
            }
        }

        foreach (var column in columns.Numbers)
        {
            if (row.Property(column).CurrentValue is long value && value == number.E164)
            {
                hit = true;
                gone |= column.IsPrimaryKey();
                if (erase && !column.IsPrimaryKey())
                {
                    row.Property(column).CurrentValue = 0L;
                }
            }
        }

        if (erase && gone)
        {
            row.State = EntityState.Deleted;
        }

        return hit ? new SweptRow(KindOf(row.Metadata.ClrType), Cut(text), columns.At is { } at ? row.Property(at).CurrentValue as DateTime? : null) : null;
    }

    private Expression<Func<T, bool>> Condition<T>(SweptColumns columns)
        where T : class
    {
        var row = Expression.Parameter(typeof(T), "row");
        Expression? any = null;
        string[] patterns = [DigitText.Spaced(number.National), DigitText.Spaced(DigitText.In(number.National, '٠')), DigitText.Spaced(DigitText.In(number.National, '۰'))];
        foreach (var column in columns.Texts)
        {
            foreach (var pattern in patterns)
            {
                Expression<Func<object, bool>> like = _ => EF.Functions.Like(EF.Property<string>(_, column.Name), pattern);
                Or(new Swap(like.Parameters[0], row).Visit(like.Body));
            }
        }

        var e164 = number.E164;
        foreach (var column in columns.Numbers)
        {
            Expression<Func<object, bool>> same = _ => EF.Property<long>(_, column.Name) == e164;
            Or(new Swap(same.Parameters[0], row).Visit(same.Body));
        }

        return Expression.Lambda<Func<T, bool>>(any!, row);

        void Or(Expression one) => any = any is null ? one : Expression.OrElse(any, one);
    }

    private static string KindOf(Type type) => Kinds.TryGetValue(type, out var kind) ? kind
        : type.Name.Contains("View", StringComparison.Ordinal) ? ErasureKinds.Views
        : type.Name.Contains("Schedule", StringComparison.Ordinal) ? ErasureKinds.Schedules
        : type.Name.Contains("Phone", StringComparison.Ordinal) ? ErasureKinds.PhoneCalls
        : ErasureKinds.Other;

    private static string Cut(string text) => text.Length <= 120 ? text : text[..119] + "…";

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

/// <summary>Columns of a table that can hold a number.</summary>
internal sealed record SweptColumns(IReadOnlyList<IProperty> Texts, IReadOnlyList<IProperty> Numbers, IProperty? At)
{
    // Ciphertexts, prints and the portal's own names of files: no spelling of a number.
    private static readonly string[] Opaque = ["Protected", "Hash", "Sha256", "StoreKey", "FileKey", "Print", "Stamp", "Seal", "Zone", "TimeZoneId", "Language"];

    public bool IsEmpty => Texts.Count + Numbers.Count == 0;

    public static SweptColumns Of(IEntityType type) => new(
        [.. type.GetProperties().Where(property => property.ClrType == typeof(string) && property.GetValueConverter() is null && !Array.Exists(Opaque, end => property.Name.EndsWith(end, StringComparison.Ordinal)))],
        [.. type.GetProperties().Where(property => property.ClrType == typeof(long) && property.Name.Contains("E164", StringComparison.Ordinal))],
        type.GetProperties().FirstOrDefault(property => property.ClrType == typeof(DateTime) && property.Name.EndsWith("AtUtc", StringComparison.Ordinal)));
}

/// <summary>Texts as rows keep them: plain, and the query of an address.</summary>
internal static class ErasedText
{
    public static string Of(string text, NumberEraser eraser)
    {
        var plain = eraser.Erase(text);
        return plain.Contains('%', StringComparison.Ordinal) && plain.Contains('=', StringComparison.Ordinal) ? OfQuery(plain, eraser) : plain;
    }

    private static string OfQuery(string query, NumberEraser eraser)
    {
        var changed = false;
        var parts = query.Split('&').Select(pair =>
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var value = Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
            var without = eraser.Erase(value);
            if (ReferenceEquals(without, value))
            {
                return pair;
            }

            changed = true;
            return pair[..(equals + 1)] + Uri.EscapeDataString(without);
        }).ToList();
        return changed ? string.Join('&', parts) : query;
    }
}
