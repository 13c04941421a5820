using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CallCenter.Infrastructure.Persistence;

/// <summary>Everything stored is UTC; SQL Server gives back an unspecified kind, and PostgreSQL refuses any other.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    value => value.Kind == DateTimeKind.Utc ? value : DateTime.SpecifyKind(value, DateTimeKind.Utc),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
