using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace CallCenter.Simulators.Ucm.Cdr;

/// <summary>Writes root items as the vendor does. Pure.</summary>
/// <param name="quirks">How this firmware writes.</param>
/// <param name="columns">Writes single legs.</param>
/// <param name="recordingsKnown">Whether a leg's recording names are filled in by now.</param>
internal sealed class CdrRenderer(UcmQuirks quirks, CdrColumns columns, Func<CdrEntry, bool> recordingsKnown)
{
    public byte[] Json(IReadOnlyList<CdrItem> items)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (quirks.WrappedReply)
            {
                json.WriteStartObject("response");
            }

            json.WriteStartArray("cdr_root");
            foreach (var item in items)
            {
                WriteItem(json, item);
            }

            json.WriteEndArray();
            if (quirks.WrappedReply)
            {
                json.WriteEndObject();
                json.WriteNumber("status", UcmStatus.Success);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public byte[] Csv(IReadOnlyList<CdrItem> items)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Names).Append("\r\n");
        foreach (var entry in items.SelectMany(i => i.Legs))
        {
            text.AppendJoin(',', columns.Values(entry, recordingsKnown(entry)).Select(Quote)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public byte[] Xml(IReadOnlyList<CdrItem> items)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("root");
            foreach (var entry in items.SelectMany(i => i.Legs))
            {
                xml.WriteStartElement("cdr");
                var values = columns.Values(entry, recordingsKnown(entry));
                for (var i = 0; i < values.Length; i++)
                {
                    xml.WriteElementString(columns.Names[i], values[i]);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static string Quote(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private void WriteItem(Utf8JsonWriter json, CdrItem item)
    {
        json.WriteStartObject();
        json.WriteString("cdr", quirks.EmptyCdrField ? "" : columns.Session(item.Head));
        if (item.Legs.Count == 1)
        {
            WriteLeg(json, item.Legs[0]);
        }
        else
        {
            WriteMain(json, item);
            for (var i = 0; i < item.Legs.Count; i++)
            {
                json.WriteStartObject(string.Create(CultureInfo.InvariantCulture, $"sub_cdr_{i + 1}"));
                WriteLeg(json, item.Legs[i]);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private void WriteLeg(Utf8JsonWriter json, CdrEntry entry)
    {
        var values = columns.Values(entry, recordingsKnown(entry));
        for (var i = 0; i < values.Length; i++)
        {
            json.WriteString(columns.Names[i], values[i]);
        }
    }

    private void WriteMain(Utf8JsonWriter json, CdrItem item)
    {
        var legs = item.Legs;
        var first = legs[0].Leg;
        var duration = quirks.MainCdrSums
            ? legs.Sum(l => l.Leg.DurationSeconds)
            : (int)(legs.Max(l => l.Leg.End) - first.Start).TotalSeconds;
        var billed = quirks.MainCdrSums ? legs.Sum(l => l.Leg.BillableSeconds) : legs[^1].Leg.BillableSeconds;
        json.WriteStartObject("main_cdr");
        foreach (var name in columns.Names)
        {
            json.WriteString(name, name switch
            {
                "src" => first.Source,
                "dst" => first.Destination,
                "start" => columns.Local(item.Head.Leg.Start),
                "duration" => CdrColumns.Number(duration),
                "billsec" => CdrColumns.Number(billed),
                "session" => columns.Session(item.Head),
                "action_type" => first.Action,
                _ => "",
            });
        }

        json.WriteEndObject();
    }
}
